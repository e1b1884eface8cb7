package dev.caretaker.bench;

import dev.caretaker.elastic.model.Allocation;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.NodeView.Role;
import dev.caretaker.elastic.model.ZoneName;
import dev.caretaker.elastic.policy.EsPolicy;
import dev.caretaker.elastic.policy.EsPolicy.AllocationPolicy;
import dev.caretaker.elastic.policy.EsPolicy.Conflicts;
import dev.caretaker.elastic.policy.EsPolicy.ReadyWhen;
import dev.caretaker.elastic.policy.EsPolicy.Risk;
import dev.caretaker.elastic.policy.EsPolicy.ZonePolicy;
import dev.caretaker.elastic.policy.RolloutPolicy;
import dev.caretaker.elastic.policy.RolloutPolicy.Shelter;
import dev.caretaker.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Bounces 80 data nodes of 1.5 TB each in three zones, and three masters, in virtual time. {@code
 * docs/performance.md} has the command.
 */
public final class BigBounce {
  private static final long GIB = 1L << 30;
  private static final int NODES = 80;
  private static final List<String> ZONES = List.of("backup", "spot-a", "spot-b");
  private static final int SHARDS = 1600;
  private static final int PER_INDEX = 80;
  private static final int HOT = 2;

  private final TreeMap<NodeName, Optional<ZoneName>> hosts = new TreeMap<>();

  public static void main(String[] arguments) {
    int perZone = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 14;
    long disk = (long) (Double.parseDouble(arguments.length > 1 ? arguments[1] : "2560") * GIB);
    var shelter = arguments.length > 2 ? Shelter.valueOf(arguments[2]) : Shelter.PREFERRED;
    var big = new BigBounce();
    long began = System.nanoTime();
    var world = big.world(disk);
    System.out.println(
        "built in " + (System.nanoTime() - began) / 1_000_000 + " ms at " + world.now());
    began = System.nanoTime();
    var result =
        new Bounce(world, big.policy(world, perZone, shelter), () -> 0).run(Duration.ofDays(4));
    result
        .sets()
        .forEach((set, stages) -> System.out.println(set.size() + " " + set + " " + stages));
    System.out.println(result.settled() + " " + result.took() + " " + result.last());
    System.out.println(result.harms().stream().limit(5).toList());
    System.out.println("wall " + (System.nanoTime() - began) / 1_000_000 + " ms");
  }

  World world(long disk) {
    var builder = World.builder(80).aware();
    for (int number = 0; number < NODES; number++) {
      node(builder, ZONES.get(number % 3), "-" + (1 + number / 3), EnumSet.of(Role.DATA), disk);
    }
    for (var zone : ZONES) {
      node(builder, zone, "-master", EnumSet.of(Role.MASTER), disk);
    }
    for (int index = 0; index < SHARDS / PER_INDEX; index++) {
      builder.index("logs" + index, PER_INDEX, 2, 25 * GIB, 0);
      if (index < HOT) {
        builder.busy("logs" + index, 2, 0);
      }
    }
    return builder.build();
  }

  private void node(
      dev.caretaker.world.WorldBuilder builder,
      String zone,
      String suffix,
      Set<Role> roles,
      long disk) {
    var name = zone + suffix;
    builder.node(name, zone, roles, disk, 0).slow(name, 60);
    hosts.put(new NodeName(name), Optional.of(new ZoneName(zone)));
  }

  EsPolicy policy(World world, int perZone, Shelter shelter) {
    var zones = new ArrayList<ZonePolicy>();
    ZONES.forEach(
        zone ->
            zones.add(
                new ZonePolicy(
                    new ZoneName(zone), zone.equals("backup") ? Risk.RELIABLE : Risk.RISKY, 1)));
    return new EsPolicy(
        "data/big/uid-1",
        Optional.empty(),
        World.ZONE,
        zones,
        hosts,
        new RolloutPolicy(
            Optional.of(world.instant()),
            Set.of(),
            Set.of(),
            shelter,
            List.of(),
            perZone,
            List.of()),
        new AllocationPolicy(Allocation.ALL, new TreeSet<>(), new TreeSet<>(), Conflicts.REPORT),
        false,
        false,
        ReadyWhen.YELLOW);
  }
}
