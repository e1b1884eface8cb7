package dev.caretaker.world;

import dev.caretaker.elastic.model.Engine;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.ShardId;
import dev.caretaker.port.EsPort;
import dev.caretaker.port.HostPort;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A simulated cluster with its machines, in virtual time: one tick is one second. It behaves as the
 * engines were measured to, and equal seeds give equal histories.
 */
public final class World {
  static final long NEVER = Long.MAX_VALUE;
  static final long LONG_AGO = Long.MIN_VALUE / 2;

  /** The node attribute that names a zone in worlds that were not read from a cluster. */
  public static final String ZONE = "zone";

  private static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");

  /** {@code cluster.info.update.interval}. */
  private static final long DISK_SAMPLE = 30;

  final String uuid;
  final SplittableRandom random;
  final Pace pace;

  /** The node attribute that names a zone here. */
  final String zoneKey;

  final List<Machine> machines = new ArrayList<>();

  /** Stopped for good, by Caretaker's word; they count no more. */
  final List<Machine> released = new ArrayList<>();

  final SortedMap<String, WorldIndex> indices = new TreeMap<>();
  final List<Shard> shards = new ArrayList<>();
  final Settings settings = new Settings();
  final Deciders deciders = new Deciders(this);
  final Placement placement = new Placement(this);
  final Transfers transfers = new Transfers(this);
  final Membership membership = new Membership(this);
  final Processes processes = new Processes(this);
  final Snapshots snapshots;
  private final Allocator allocator = new Allocator(this);
  private final Writers writers = new Writers(this);
  private final Loads loads = new Loads(this);
  private final WorldEngine engine = new WorldEngine(this);
  private final WorldHosts hosts = new WorldHosts(this);
  private final People people = new People(this);
  private final List<String> timeline = new ArrayList<>();

  /** When misfortune last struck a machine that Caretaker had not stopped. */
  long outsideFaultAt = LONG_AGO;

  /** When EC2 last took a machine, or said that it would; what is gone tells nothing itself. */
  long reclaimedAt = LONG_AGO;

  /** Recoveries that Caretaker threw away, as sentences. */
  final List<String> wasted = new ArrayList<>();

  /** The virtual second. */
  long now;

  /** Grows with every change that a reader could see. */
  long version;

  /**
   * Missed writes that a returning copy replays in a second; 0 where it is copied as a whole once
   * it misses more than a few.
   */
  long replays;

  /** Whether shards have grown since the last sample of the disks. */
  boolean grown;

  /** When somebody else last changed settings. */
  long foreignWriteAt = LONG_AGO;

  private boolean dirty = true;
  private long delayEnds = NEVER;

  /** The virtual second of the view on which Caretaker acts now. */
  private long decidedOn = NEVER;

  World(long seed, Engine engine) {
    this("world-" + seed, new SplittableRandom(seed), engine, ZONE, Pace.BY_CHANCE);
  }

  World(String uuid, SplittableRandom random, Engine engine, String zoneKey, Pace pace) {
    this.uuid = uuid;
    this.random = random;
    this.zoneKey = zoneKey;
    this.pace = pace;
    this.snapshots = new Snapshots(this, engine);
  }

  public static WorldBuilder builder(long seed) {
    return new WorldBuilder(seed);
  }

  /** The instant of a virtual second. */
  public static Instant at(long tick) {
    return EPOCH.plusSeconds(tick);
  }

  /** The virtual second of an instant. */
  static long tick(Instant instant) {
    return Duration.between(EPOCH, instant).toSeconds();
  }

  public EsPort engine() {
    return engine;
  }

  public HostPort hosts() {
    return hosts;
  }

  /** What people, programs and misfortune do. */
  public People people() {
    return people;
  }

  /** The virtual second. */
  public long now() {
    return now;
  }

  public Instant instant() {
    return at(now);
  }

  /** Grows with every change that a reader could see. */
  public long version() {
    return version;
  }

  /** What happened, one line each, in order. */
  public List<String> timeline() {
    return timeline;
  }

  /** Adds a line at the present second. */
  public void log(String what) {
    timeline.add(now + " " + what);
  }

  /** Tells how old the view is on which the next actions were decided. */
  public void decidedOn(long tick) {
    decidedOn = tick;
  }

  long decidedOn() {
    return Math.min(decidedOn, now);
  }

  /** Lets seconds pass. */
  public void advance(long ticks) {
    for (long i = 0; i < ticks; i++) {
      tick();
    }
  }

  private void tick() {
    now++;
    for (var machine : machines) {
      if (machine.frozenUntil == now) {
        membership.thaws(machine);
        log(machine + " answers again");
        changed();
      }
    }
    membership.tick();
    machines.removeIf(machine -> machine.terminated && !machine.member);
    placement.finish();
    if (now % DISK_SAMPLE == 0) {
      sampleDisks();
    }
    allocate();
    writers.tick();
  }

  private void allocate() {
    boolean due = dirty || now >= delayEnds;
    if (due && membership.hasMaster()) {
      dirty = false;
      allocator.run();
      delayEnds = allocator.nextDelay();
    }
  }

  void sampleDisks() {
    for (var machine : machines) {
      if (machine.member && machine.up(now)) {
        long used = machine.used();
        // With the same disks the allocator would come to what it came to last time.
        dirty |= used != machine.sampledUsed;
        machine.sampledUsed = used;
        if (machine.sampledUsed >= Deciders.FLOOD * machine.diskTotal) {
          machine.flooded = true;
        } else if (machine.sampledUsed < Deciders.HIGH * machine.diskTotal) {
          machine.flooded = false;
        }
      }
    }
    version += grown ? 1 : 0;
    grown = false;
  }

  /** Something that readers see and the allocator must look at has changed. */
  void changed() {
    version++;
    dirty = true;
  }

  void settingsChanged() {
    deciders.refresh();
    changed();
  }

  /** Brings the counts on machines and indices up to date. */
  void count() {
    loads.refresh();
  }

  int zonesPresent() {
    loads.refresh();
    return loads.zones();
  }

  long between(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  Optional<Machine> machine(NodeName name) {
    return Stream.concat(machines.stream(), released.stream())
        .filter(each -> each.name.equals(name))
        .findFirst();
  }

  void add(WorldIndex index, int shardCount, long bytes) {
    indices.put(index.name, index);
    for (int number = 0; number < shardCount; number++) {
      var shard = new Shard(new ShardId(index.name, number), index, bytes);
      shard.copies.add(new Copy(shard, true, Copy.INDEX_CREATED));
      for (int replica = 0; replica < index.replicas; replica++) {
        shard.copies.add(new Copy(shard, false, Copy.INDEX_CREATED));
      }
      index.shards.add(shard);
      shards.add(shard);
    }
    changed();
  }
}
