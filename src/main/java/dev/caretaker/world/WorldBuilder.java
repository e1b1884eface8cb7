package dev.caretaker.world;

import dev.caretaker.elastic.model.Engine;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.NodeView.Role;
import dev.caretaker.elastic.model.ZoneName;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Describes a world; unless told otherwise its nodes have every role and half-empty disks. */
public final class WorldBuilder {
  private static final Set<Role> EVERY_ROLE = EnumSet.of(Role.MASTER, Role.DATA);
  private static final long GIB = 1L << 30;

  /** So long without a change is settled. */
  private static final int QUIET = 70;

  /** A world that is not at rest by then never will be: its disks are too small. */
  static final int LONGEST = 1500;

  private final Engine engine;
  private final World world;
  private final List<Runnable> afterwards = new ArrayList<>();

  WorldBuilder(long seed) {
    this(seed, new Engine(Engine.Flavour.ELASTICSEARCH, 8, "8.19.21"));
  }

  private WorldBuilder(long seed, Engine engine) {
    this.engine = engine;
    world = new World(seed, engine);
  }

  /** The same for another engine; ES 6 then needs {@link #minimumMasterNodes}. */
  public static WorldBuilder of(long seed, Engine engine) {
    return new WorldBuilder(seed, engine);
  }

  public WorldBuilder node(String name, String zone) {
    return node(name, zone, EVERY_ROLE, 100 * GIB, 0);
  }

  /** A node with its roles and its disk, in bytes; {@code other} bytes of it are not shards. */
  public WorldBuilder node(String name, String zone, Set<Role> roles, long disk, long other) {
    var machine = new Machine(new NodeName(name), new ZoneName(zone), roles, disk, other);
    world.machines.add(machine);
    return this;
  }

  /** How wrong the clock of a node is, in seconds. */
  public WorldBuilder clockSkew(String node, long seconds) {
    machine(node).clockSkew = seconds;
    return this;
  }

  /** How many seconds longer than others a node takes to start. */
  public WorldBuilder slow(String node, long seconds) {
    machine(node).slowBy = seconds;
    return this;
  }

  public boolean votesByMinimumMasterNodes() {
    return engine.votesByMinimumMasterNodes();
  }

  /** Bytes a second of one recovery to or from the node; the slower end sets the pace. */
  public WorldBuilder network(String node, long bytesPerSecond) {
    machine(node).bytesPerSecond = bytesPerSecond;
    return this;
  }

  /** A copy that returns with its node replays so many missed writes a second, as ES 8 does. */
  public WorldBuilder replays(long writesPerSecond) {
    world.replays = writesPerSecond;
    return this;
  }

  /** What an ES 6 node believes the quorum is. */
  public WorldBuilder minimumMasterNodes(String node, int quorum) {
    machine(node).minimumMasterNodes = quorum;
    return this;
  }

  /** Plain awareness of zones, as elasticsearch.yml sets it. */
  public WorldBuilder aware() {
    return file(Deciders.AWARENESS_KEY, World.ZONE);
  }

  /** A cluster-wide value of elasticsearch.yml. */
  public WorldBuilder file(String key, String value) {
    world.settings.file(key, value);
    return this;
  }

  /** An index whose shards have so many bytes and get a write every so many seconds each. */
  public WorldBuilder index(String name, int shards, int replicas, long bytes, int writeEvery) {
    var index = new WorldIndex(name, replicas);
    index.writeEvery = writeEvery;
    world.add(index, shards, bytes);
    return this;
  }

  /**
   * From when the cluster stands, each shard of the index gets a write every so many seconds, and
   * grows by so many bytes with each.
   */
  public WorldBuilder busy(String name, int writeEvery, long growsBy) {
    var index = world.indices.get(name);
    if (index == null) {
      throw new IllegalArgumentException("no index " + name);
    }
    index.growsBy = growsBy;
    afterwards.add(() -> index.writeEvery = writeEvery);
    return this;
  }

  /** The cluster, formed, with every copy where the engine puts it. */
  public World build() {
    world.membership.form();
    world.sampleDisks();
    world.settingsChanged();
    for (int quiet = 0, left = LONGEST; quiet < QUIET && left > 0; left--) {
      long before = world.version;
      world.advance(1);
      quiet = before == world.version && !underWay() ? quiet + 1 : 0;
    }
    afterwards.forEach(Runnable::run);
    return world;
  }

  private boolean underWay() {
    return world.shards.stream().flatMap(each -> each.copies.stream()).anyMatch(Copy::recovering);
  }

  private Machine machine(String node) {
    return world
        .machine(new NodeName(node))
        .orElseThrow(() -> new IllegalArgumentException("no node " + node));
  }
}
