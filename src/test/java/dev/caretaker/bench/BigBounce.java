package dev.caretaker.bench;

import dev.caretaker.elastic.model.Allocation;
import dev.caretaker.elastic.model.NodeId;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.NodeView.Role;
import dev.caretaker.elastic.model.ZoneName;
import dev.caretaker.elastic.policy.Approval;
import dev.caretaker.elastic.policy.EsPolicy;
import dev.caretaker.elastic.policy.EsPolicy.AllocationPolicy;
import dev.caretaker.elastic.policy.EsPolicy.Conflicts;
import dev.caretaker.elastic.policy.EsPolicy.ReadyWhen;
import dev.caretaker.elastic.policy.EsPolicy.Risk;
import dev.caretaker.elastic.policy.EsPolicy.ZonePolicy;
import dev.caretaker.elastic.policy.RolloutPolicy;
import dev.caretaker.elastic.policy.RolloutPolicy.Shelter;
import dev.caretaker.world.World;
import dev.caretaker.world.WorldBuilder;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * 80 data nodes with 1.5 TB each in three zones, one copy of each shard in every zone, and three
 * masters. Of the 60 copies on a node six are of indices into which people write all the time: what
 * returns of them is copied as a whole. {@code docs/performance.md} has the command.
 */
final class BigBounce {
  private static final long GIB = 1L << 30;
  private static final int NODES = 80;
  static final int PER_ZONE = 14;
  private static final List<String> ZONES = List.of("backup", "spot-a", "spot-b");
  private static final int INDICES = 20;
  private static final int BUSY = 2;
  private static final int SHARDS_OF_EACH = 80;
  private static final long BYTES = 25 * GIB;

  /** Seconds of a start, at its shortest. */
  private static final long START = 65;

  /** Seconds to copy a shard at 40 MiB/s, and for one that only has to be opened. */
  private static final long COPIED = 2 + BYTES / (40L << 20);

  private static final long OPENED = 2;

  /** Disks that hold the copies of the largest set as well. */
  static final long ROOMY = 2560 * GIB;

  private final TreeMap<NodeName, Optional<ZoneName>> hosts = new TreeMap<>();
  private final World world;

  /**
   * Builds it.
   *
   * @param disk bytes of each node
   */
  BigBounce(long disk) {
    var builder = World.builder(80).aware();
    for (int number = 0; number < NODES; number++) {
      var name = ZONES.get(number % 3) + "-" + (1 + number / 3);
      node(builder, name, ZONES.get(number % 3), EnumSet.of(Role.DATA), disk);
    }
    for (var zone : ZONES) {
      node(builder, zone + "-master", zone, EnumSet.of(Role.MASTER), disk);
    }
    for (int index = 0; index < INDICES; index++) {
      builder.index("logs" + index, SHARDS_OF_EACH, 2, BYTES, 0);
      if (index < BUSY) {
        builder.busy("logs" + index, 2, 0);
      }
    }
    world = builder.build();
  }

  public static void main(String[] arguments) {
    var big = new BigBounce(arguments.length > 0 ? Long.parseLong(arguments[0]) * GIB : ROOMY);
    System.out.println("one node after the other: at least " + big.criticalPath(1));
    System.out.println("critical path: " + big.criticalPath(PER_ZONE));
    var bounce = big.bounce(PER_ZONE);
    bounce.sets().forEach((set, took) -> System.out.println(set.size() + " nodes: " + took));
    show("bounce", bounce);
    var clock = ManagementFactory.getThreadMXBean();
    long before = clock.getCurrentThreadCpuTime();
    var plan = ForecastBench.plan(big.world, big.policy(PER_ZONE));
    long millis = (clock.getCurrentThreadCpuTime() - before) / 1_000_000;
    System.out.println(
        "plan of the next: " + plan.takes() + ", made in " + millis + " ms of a processor");
    show("the next", big.bounce(PER_ZONE));
  }

  private static void show(String what, Bounce.Result result) {
    System.out.printf(
        "%s: settled=%s took=%s sets=%d harms=%d%n",
        what, result.settled(), result.took(), result.sets().size(), result.harms().size());
  }

  World world() {
    return world;
  }

  /** Restarts every node, with so many of a zone away at once. */
  Bounce.Result bounce(int perZone) {
    return new Bounce(world, policy(perZone), () -> 0).run(Duration.ofDays(4));
  }

  /**
   * What cannot be quicker with these nodes: in each zone as few sets as may be away at once, each
   * with the shortest stop and start, and the recoveries of its fullest node, two at a time.
   */
  Duration criticalPath(int perZone) {
    long seconds = 0;
    for (var zone : ZONES) {
      long nodes = hosts.values().stream().filter(Optional.of(new ZoneName(zone))::equals).count();
      long sets = (nodes - 1 + perZone - 1) / perZone;
      seconds += sets * (1 + START + fullest(zone)) + 1 + START;
    }
    return Duration.ofSeconds(seconds);
  }

  /** Seconds that the recoveries of the fullest node of the zone take. */
  private long fullest(String zone) {
    var view = Bounce.view(world, policy(1)).cluster().ifKnown().orElseThrow();
    return view.nodes().stream()
        .filter(node -> node.in(new ZoneName(zone)))
        .mapToLong(node -> recovery(busy(node.id(), true), busy(node.id(), false)))
        .max()
        .orElseThrow();
  }

  private long busy(NodeId node, boolean busy) {
    var view = Bounce.view(world, policy(1)).cluster().ifKnown().orElseThrow();
    return view.copiesTouching(node).filter(copy -> isBusy(copy.shard().index()) == busy).count();
  }

  private static boolean isBusy(String index) {
    return Integer.parseInt(index.substring("logs".length())) < BUSY;
  }

  private static long recovery(long copied, long opened) {
    return (copied * COPIED + opened * OPENED) / 2;
  }

  private void node(WorldBuilder builder, String name, String zone, Set<Role> roles, long disk) {
    builder.node(name, zone, roles, disk, 0).slow(name, START - 5);
    hosts.put(new NodeName(name), Optional.of(new ZoneName(zone)));
  }

  EsPolicy policy(int perZone) {
    var zones = new ArrayList<ZonePolicy>();
    for (var zone : ZONES) {
      var risk = zone.equals("backup") ? Risk.RELIABLE : Risk.RISKY;
      zones.add(new ZonePolicy(new ZoneName(zone), risk, 1));
    }
    var rollout =
        new RolloutPolicy(
            Optional.of(world.instant()),
            Set.of(),
            Set.of(),
            Shelter.PREFERRED,
            List.of(),
            perZone,
            List.of(),
            Approval.AUTOMATIC);
    return new EsPolicy(
        "data/big/uid-1",
        Optional.empty(),
        World.ZONE,
        zones,
        hosts,
        new TreeMap<>(),
        rollout,
        new AllocationPolicy(Allocation.ALL, new TreeSet<>(), new TreeSet<>(), Conflicts.REPORT),
        false,
        false,
        ReadyWhen.YELLOW);
  }
}
