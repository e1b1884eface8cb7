package dev.caretaker.bench;

import dev.caretaker.elastic.model.Allocation;
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
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A random cluster with a truth that no view shows: how fast each node's network is and how long it
 * takes to start, who writes how much, and how long the operator takes for a look.
 */
final class HiddenCluster {
  private static final long MIB = 1L << 20;
  private static final List<ZonePolicy> ZONES =
      List.of(
          new ZonePolicy(new ZoneName("backup"), Risk.RELIABLE, 1),
          new ZonePolicy(new ZoneName("spot"), Risk.RISKY, 1));

  private final SplittableRandom random;
  private final long seed;
  private final TreeMap<NodeName, Optional<ZoneName>> hosts = new TreeMap<>();
  private final int perZone;
  private final Shelter shelter;
  private final int latency;

  HiddenCluster(long seed) {
    this.seed = seed;
    this.random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + 7);
    this.perZone = between(1, 3);
    this.shelter = oneIn(4) ? Shelter.PREFERRED : Shelter.REQUIRED;
    this.latency = between(0, 2);
  }

  private int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  private boolean oneIn(int times) {
    return random.nextInt(times) == 0;
  }

  /** Seconds that the next look takes. */
  long latency() {
    return random.nextInt(latency + 1);
  }

  World world() {
    var builder = World.builder(seed);
    int backups = between(2, 5);
    int spots = between(2, 8);
    long megabytes = between(15, 200);
    int start = between(5, 120);
    for (int number = 0; number < backups + spots; number++) {
      boolean backup = number < backups;
      var name = backup ? "backup" + (number + 1) : "spot" + (number - backups + 1);
      var zone = backup ? "backup" : "spot";
      var roles = number < 3 ? EnumSet.of(Role.MASTER, Role.DATA) : EnumSet.of(Role.DATA);
      builder
          .node(name, zone, roles, 8_000_000 * MIB, 0)
          .network(name, megabytes * MIB * between(50, 150) / 100)
          .slow(name, start * between(70, 150) / 100);
      hosts.put(new NodeName(name), Optional.of(new ZoneName(zone)));
    }
    if (oneIn(3)) {
      builder.aware();
    }
    if (!oneIn(3)) {
      builder.replays(between(1, 5));
    }
    indices(builder);
    return builder.build();
  }

  private void indices(WorldBuilder builder) {
    int count = between(2, 8);
    for (int index = 0; index < count; index++) {
      var name = "index" + index;
      builder.index(name, between(2, 10), between(1, 2), between(200, 8000) * MIB, 0);
      if (oneIn(2)) {
        builder.busy(name, between(1, 10), between(0, 512) * MIB / 1024);
      }
    }
  }

  EsPolicy policy(Instant restartedAt) {
    return new EsPolicy(
        "data/hidden/uid-" + seed,
        Optional.empty(),
        World.ZONE,
        ZONES,
        hosts,
        new TreeMap<>(),
        new RolloutPolicy(
            Optional.of(restartedAt),
            Set.of(),
            Set.of(),
            shelter,
            List.of(),
            perZone,
            List.of(),
            Approval.AUTOMATIC),
        new AllocationPolicy(Allocation.ALL, new TreeSet<>(), new TreeSet<>(), Conflicts.REPORT),
        false,
        false,
        ReadyWhen.YELLOW);
  }
}
