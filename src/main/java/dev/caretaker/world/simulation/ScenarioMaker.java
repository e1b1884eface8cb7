package dev.caretaker.world.simulation;

import dev.caretaker.elastic.model.Allocation;
import dev.caretaker.elastic.model.Engine;
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
import dev.caretaker.elastic.policy.RolloutPolicy.Acceptance;
import dev.caretaker.elastic.policy.RolloutPolicy.Shelter;
import dev.caretaker.elastic.policy.RolloutPolicy.Structural;
import dev.caretaker.elastic.policy.Window;
import dev.caretaker.world.World;
import dev.caretaker.world.WorldBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/** Draws a small random cluster, and a valid spec for it. */
final class ScenarioMaker {
  private static final long MIB = 1L << 20;
  private static final long WINDOWS = 0x57494E44L;
  private static final long APPROVALS = 0x41505052L;
  private static final long FLEETS = 0x53504F54L;
  private static final ZoneName BACKUP = new ZoneName("backup");
  private static final ZoneName SPOT = new ZoneName("spot");

  /**
   * One seed in so many has a market that takes machines again and again, and a spec that trusts
   * them: the brake is the only guard that matters there, and chance alone hardly finds it.
   */
  private static final int COLLAPSING = 8;

  private final SplittableRandom random;
  private final long seed;
  private final TreeMap<NodeName, Optional<ZoneName>> hosts = new TreeMap<>();
  private final TreeMap<String, ZoneName> fleets = new TreeMap<>();
  private final boolean roomy;
  private final boolean collapsing;
  private boolean feasible = true;

  ScenarioMaker(long seed) {
    this(seed, false);
  }

  private ScenarioMaker(long seed, boolean roomy) {
    this.seed = seed;
    this.roomy = roomy;
    this.collapsing = seed % COLLAPSING == 0;
    this.random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + 1);
  }

  Scenario make() {
    int backups = 1 + random.nextInt(3);
    int spots = backups > 1 && oneIn(12) ? 0 : Math.max(3 - backups, 1) + random.nextInt(4);
    boolean scratch = oneIn(5);
    var builder = engine(backups + spots);
    long data = indices(builder, scratch, backups + spots);
    nodes(builder, backups, spots, data);
    if (oneIn(3)) {
      builder.aware();
    }
    var world = builder.build();
    if (!roomy && !world.people().wellOff()) {
      return new ScenarioMaker(seed, true).make();
    }
    if (oneIn(12)) {
      feasible = false;
      world.people().setIndexEnable("index0", Optional.of("all"));
    }
    var fleet = fleet(spots, world);
    var policy = policy(backups, spots, scratch, world);
    var mix = Mix.random(random);
    return new Scenario(
        world,
        policy,
        collapsing ? mix.collapsing() : mix,
        fleet,
        random,
        feasible,
        300 + pick(600));
  }

  /** In some worlds, of their own chance, the spot nodes run on the machines of a fleet. */
  private Optional<Fleet> fleet(int spots, World world) {
    if (spots < 2 || new SplittableRandom(seed ^ FLEETS).nextInt(3) > 0) {
      return Optional.empty();
    }
    var machines = new TreeSet<NodeName>();
    hosts.forEach((node, zone) -> zone.filter(SPOT::equals).ifPresent(spot -> machines.add(node)));
    hosts.keySet().removeAll(machines);
    fleets.put("spots", SPOT);
    return Optional.of(new Fleet(seed, world, SPOT, machines));
  }

  private boolean oneIn(int times) {
    return random.nextInt(times) == 0;
  }

  private int pick(int bound) {
    return random.nextInt(bound);
  }

  private WorldBuilder engine(int nodes) {
    feasible &= nodes >= 3;
    return switch (pick(8)) {
      case 0 -> WorldBuilder.of(seed, new Engine(Engine.Flavour.ELASTICSEARCH, 6, "6.8.23"));
      case 1 -> WorldBuilder.of(seed, new Engine(Engine.Flavour.OPENSEARCH, 3, "3.6.0"));
      default -> World.builder(seed);
    };
  }

  /** Returns the bytes of all copies. */
  private long indices(WorldBuilder builder, boolean scratch, int nodes) {
    long data = 0;
    int count = 1 + pick(3);
    for (int i = 0; i < count; i++) {
      int shards = 1 + pick(4);
      int replicas = Math.min(nodes - 1, oneIn(4) ? 2 : 1);
      long bytes = (60 + pick(1200)) * MIB;
      builder.index("index" + i, shards, replicas, bytes, oneIn(4) ? 0 : 3 + pick(15));
      data += shards * bytes * (1 + replicas);
    }
    if (scratch) {
      builder.index("scratch1", 1 + pick(2), 0, 100 * MIB, 5);
      data += 200 * MIB;
    }
    return data;
  }

  private void nodes(WorldBuilder builder, int backups, int spots, long data) {
    boolean tight = oneIn(4) && !roomy;
    feasible &= !tight;
    double share = tight ? 1.3 + random.nextDouble() : 4 + pick(4);
    long disk = (long) (data * share / (backups + spots)) + 2000 * MIB * (tight ? 0 : 1);
    int masters = oneIn(2) ? backups + spots : Math.min(3, backups + spots);
    boolean slow = oneIn(3);
    for (int i = 0; i < backups + spots; i++) {
      boolean backup = i < backups;
      var name = backup ? "backup" + (i + 1) : "spot" + (i - backups + 1);
      var roles = i < masters ? EnumSet.of(Role.MASTER, Role.DATA) : EnumSet.of(Role.DATA);
      builder.node(name, backup ? "backup" : "spot", roles, disk, disk / 50);
      if (oneIn(10)) {
        builder.clockSkew(name, pick(1200) - 600);
      }
      if (slow) {
        builder.slow(name, 40 + pick(120));
      }
      hosts.put(new NodeName(name), Optional.of(backup ? BACKUP : SPOT));
    }
    quorum(builder, masters);
  }

  private void quorum(WorldBuilder builder, int masters) {
    if (!builder.votesByMinimumMasterNodes()) {
      return;
    }
    boolean wrong = oneIn(3);
    feasible &= !wrong;
    int quorum = wrong ? masters : masters / 2 + 1;
    hosts.keySet().forEach(name -> builder.minimumMasterNodes(name.value(), quorum));
  }

  private EsPolicy policy(int backups, int spots, boolean scratch, World world) {
    var zones = new ArrayList<ZonePolicy>();
    zones.add(new ZonePolicy(BACKUP, Risk.RELIABLE, 1));
    if (spots > 0) {
      zones.add(new ZonePolicy(SPOT, Risk.RISKY, 1));
    }
    var accepted = acceptances(backups, spots, scratch, world);
    boolean required = !oneIn(4) && !collapsing;
    feasible &= !required || spots == 0 || backups > 1;
    var rollout =
        new RolloutPolicy(
            oneIn(12) ? Optional.empty() : Optional.of(world.instant().plusSeconds(pick(20))),
            oneIn(5) ? Set.of(oneIn(2) && spots > 0 ? SPOT : BACKUP) : Set.of(),
            Set.of(),
            required ? Shelter.REQUIRED : Shelter.PREFERRED,
            accepted,
            1 + pick(2),
            windows(),
            approval());
    var allocation =
        new AllocationPolicy(
            Allocation.ALL,
            new TreeSet<>(),
            new TreeSet<>(),
            oneIn(5) ? Conflicts.TAKE_OVER : Conflicts.REPORT);
    return new EsPolicy(
        "data/activedata/uid-1",
        Optional.empty(),
        World.ZONE,
        zones,
        hosts,
        fleets,
        rollout,
        allocation,
        false,
        false,
        ReadyWhen.YELLOW);
  }

  /** Of their own chance, so that seeds without windows stay as they were. */
  private List<Window> windows() {
    var chance = new SplittableRandom(seed ^ WINDOWS);
    if (chance.nextInt(5) > 0) {
      return List.of();
    }
    var first = chance.nextInt(10);
    var lasts = Duration.ofMinutes(2 + chance.nextInt(6));
    return List.of(new Window(first + "/10 * * * *", lasts, "Europe/Berlin"));
  }

  /** Of its own chance, too. */
  private Approval approval() {
    boolean manual = new SplittableRandom(seed ^ APPROVALS).nextInt(6) == 0;
    return manual ? Approval.of(Approval.Mode.MANUAL, "") : Approval.AUTOMATIC;
  }

  private List<Acceptance> acceptances(int backups, int spots, boolean scratch, World world) {
    var until = world.instant().plus(Duration.ofDays(30));
    var accepted = new ArrayList<Acceptance>();
    if (scratch) {
      accept(accepted, new Acceptance(Structural.ZERO_REPLICAS, List.of("scratch*"), "x", until));
    }
    if (backups == 1 || spots == 1) {
      accept(accepted, new Acceptance(Structural.SINGLE_NODE_ZONE, List.of(), "x", until));
    }
    return accepted;
  }

  private void accept(List<Acceptance> accepted, Acceptance acceptance) {
    if (oneIn(3)) {
      feasible = false;
    } else {
      accepted.add(acceptance);
    }
  }
}
