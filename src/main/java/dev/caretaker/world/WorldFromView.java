package dev.caretaker.world;

import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.EsView;
import dev.caretaker.elastic.model.HostProcess;
import dev.caretaker.elastic.model.IndexView;
import dev.caretaker.elastic.model.NodeId;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.NodeView;
import dev.caretaker.elastic.model.NodeView.Role;
import dev.caretaker.elastic.model.ShardCopy;
import dev.caretaker.elastic.model.ShardId;
import dev.caretaker.elastic.model.ZoneName;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** A world in the state in which a real cluster was read, to see how things would go on there. */
public final class WorldFromView {
  /** Nothing in such a world is left to chance where the pace is known. */
  private static final long SEED = 1;

  private static final ZoneName NO_ZONE = new ZoneName("(no zone)");

  private final World world;
  private final ClusterView cluster;
  private final EsView view;
  private final Map<NodeId, Machine> machines = new HashMap<>();

  private WorldFromView(World world, ClusterView cluster, EsView view) {
    this.world = world;
    this.cluster = cluster;
    this.view = view;
  }

  /**
   * Makes it; nobody writes documents there.
   *
   * @param zoneAttribute the node attribute that names zones
   */
  public static World of(ClusterView cluster, EsView view, String zoneAttribute, Pace pace) {
    var world =
        new World(
            cluster.uuid(), new SplittableRandom(SEED), cluster.engine(), zoneAttribute, pace);
    return new WorldFromView(world, cluster, view).make();
  }

  private World make() {
    world.now = World.tick(view.readAt()) + 1;
    cluster.nodes().forEach(this::member);
    view.processes().keySet().forEach(this::absent);
    settings();
    cluster.indices().values().forEach(this::index);
    cluster.copies().forEach(this::shard);
    machines.values().forEach(this::fillDisk);
    var leader = cluster.master().map(machines::get).orElse(null);
    world.membership.found(leader, cluster.voters());
    world.sampleDisks();
    world.settingsChanged();
    return world;
  }

  private void member(NodeView node) {
    long total = node.disk().map(disk -> disk.total().value()).orElse(Long.MAX_VALUE / 4);
    var machine = new Machine(node.name(), node.zone().orElse(NO_ZONE), node.roles(), total, 0);
    machine.id = node.id();
    machine.ephemeralId = node.ephemeralId();
    machine.knownAs = node.ephemeralId();
    machine.member = true;
    machine.startedAt = World.tick(node.startedAt().orElse(Instant.EPOCH));
    machine.minimumMasterNodes = node.minimumMasterNodes().orElse(0);
    process(node.name())
        .flatMap(HostProcess::incarnation)
        .ifPresent(at -> machine.incarnation = at);
    machines.put(node.id(), machine);
    world.machines.add(machine);
  }

  /** A machine whose node is not in the cluster; what is on its disk is not known. */
  private void absent(NodeName name) {
    if (cluster.node(name).isEmpty()) {
      var machine = new Machine(name, NO_ZONE, Set.of(Role.DATA), Long.MAX_VALUE / 4, 0);
      machine.process = process(name).map(HostProcess::state).orElse(HostProcess.State.DIED);
      machine.unreachableUntil = process(name).isPresent() ? World.LONG_AGO : World.NEVER;
      world.machines.add(machine);
    }
  }

  private Optional<HostProcess> process(NodeName name) {
    return view.process(name).ifKnown();
  }

  private void settings() {
    cluster.settings().defaults().forEach(world.settings::file);
    world.settings.write(
        present(cluster.settings().persistent()),
        present(cluster.settings().transientScope()),
        false,
        world.now);
  }

  private static Map<String, Optional<String>> present(Map<String, String> texts) {
    var values = new TreeMap<String, Optional<String>>();
    texts.forEach((key, text) -> values.put(key, Optional.of(text)));
    return values;
  }

  private void index(IndexView seen) {
    var index = new WorldIndex(seen.name(), seen.replicas());
    index.filters.putAll(seen.filters());
    index.allocationEnable = seen.allocationEnable();
    index.rebalanceEnable = seen.rebalanceEnable();
    index.totalShardsPerNode = seen.totalShardsPerNode();
    world.indices.put(seen.name(), index);
  }

  private void shard(ShardId id, List<ShardCopy> copies) {
    var index =
        world.indices.computeIfAbsent(
            id.index(), name -> new WorldIndex(name, Math.max(0, copies.size() - 1)));
    var shard = new Shard(id, index, cluster.sizeOf(id).value());
    // Documents were written before: a copy without a store is built, not just opened.
    shard.acknowledged = Long.MAX_VALUE / 4;
    copies.forEach(copy -> shard.copies.add(copy(shard, copy)));
    index.shards.add(shard);
    world.shards.add(shard);
  }

  private Copy copy(Shard shard, ShardCopy seen) {
    var copy = new Copy(shard, seen.primary(), seen.unassignedBecause().orElse(Copy.NODE_LEFT));
    var machine = seen.node().map(machines::get).orElse(null);
    if (machine == null) {
      return copy;
    }
    copy.machine = machine;
    copy.state = seen.state();
    copy.allocationId = shard.nextAllocationId();
    if (seen.inSync()) {
      shard.inSync.add(copy.allocationId);
    }
    machine.store.put(shard, new Stored(copy.allocationId, shard.acknowledged, shard.bytes));
    if (copy.recovering()) {
      copy.since = world.now;
      copy.doneAt = world.now + world.transfers.takes(shard, null, machine);
      relocates(copy, seen);
    }
    return copy;
  }

  private void relocates(Copy copy, ShardCopy seen) {
    var target = seen.relocatingTo().map(machines::get).orElse(null);
    if (copy.state == ShardCopy.State.RELOCATING && target != null) {
      copy.target = target;
      target.store.put(copy.shard, new Stored("", 0, copy.shard.bytes));
    } else if (copy.state == ShardCopy.State.RELOCATING) {
      copy.state = ShardCopy.State.STARTED;
      copy.doneAt = World.NEVER;
    }
  }

  /** What is on the disk beside the shards that are known. */
  private void fillDisk(Machine machine) {
    cluster
        .node(machine.id)
        .flatMap(NodeView::disk)
        .ifPresent(
            disk -> {
              long used = disk.total().value() - disk.free().value();
              machine.otherBytes = Math.max(0, used - machine.used());
            });
  }
}
