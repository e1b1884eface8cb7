package dev.caretaker.world.market.simulation;

import dev.caretaker.fleet.model.MachineType;
import dev.caretaker.fleet.model.Pool;
import dev.caretaker.fleet.model.Subnet;
import dev.caretaker.fleet.model.TypeView;
import dev.caretaker.fleet.model.Zone;
import dev.caretaker.fleet.policy.FleetPolicy.Deletion;
import dev.caretaker.fleet.policy.FleetPolicy.Rebalance;
import dev.caretaker.fleet.policy.FleetPolicy.Shrink;
import dev.caretaker.fleet.policy.Limits;
import dev.caretaker.fleet.policy.PricePolicy;
import dev.caretaker.fleet.policy.Worth;
import dev.caretaker.kernel.UsdPerHour;
import dev.caretaker.kernel.Utility;
import dev.caretaker.world.market.Market;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/** A random market and a random spec for it, by seed. */
final class FleetScenario {
  private static final Instant START = Instant.parse("2026-11-20T00:00:00Z");

  final Market market;
  final FleetWishes wishes;
  final Fate fate;
  final Duration troubledFor;
  final int leastMachines;
  private final SplittableRandom random;
  private final List<Zone> zones = new ArrayList<>();
  private final TreeMap<MachineType, Utility> worth = new TreeMap<>();

  FleetScenario(long seed) {
    this.random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L);
    this.fate = new Fate(random.split(), Chances.random(random));
    this.market = new Market(START, new RandomBoots(random.split()));
    this.troubledFor = Duration.ofMinutes(40 + random.nextInt(100));
    this.leastMachines = random.nextInt(4);
    market.template(FleetWishes.TEMPLATE);
    makeMarket();
    this.wishes = makeWishes();
  }

  /** Some machines take long, and some never come up. */
  private record RandomBoots(SplittableRandom random) implements Market.Boots {
    @Override
    public long secondsToRun() {
      return random.nextInt(40) == 0 ? 1_000_000 : 20 + random.nextInt(120);
    }

    @Override
    public long secondsToBeSeen() {
      return random.nextInt(4) == 0 ? random.nextInt(FaultyMarket.LATE) : 0;
    }
  }

  private void makeMarket() {
    int zoneCount = 2 + random.nextInt(2);
    for (int i = 0; i < zoneCount; i++) {
      var zone = new Zone("us-test-1" + (char) ('a' + i));
      zones.add(zone);
      market.subnet(new Subnet("subnet-" + i, zone, 250));
    }
    int typeCount = 2 + random.nextInt(5);
    for (int i = 0; i < typeCount; i++) {
      var type = new MachineType("m" + (i + 3) + ".large");
      double each = random.nextInt(3) == 0 ? 1 + random.nextInt(30) : 1 + random.nextInt(6);
      worth.put(type, Utility.of(each));
      market.type(new TypeView(type, 2, each, 0, Optional.empty()));
      double price = each * (0.008 + random.nextDouble() * 0.012);
      for (var zone : zones) {
        makePool(new Pool(type, zone), price * (0.85 + random.nextDouble() * 0.3));
      }
    }
  }

  private void makePool(Pool pool, double price) {
    for (int day = 8; day >= 1; day--) {
      market
          .prices()
          .set(
              pool,
              START.minus(Duration.ofDays(day)),
              usd(price * (0.9 + random.nextDouble() * 0.2)));
    }
    if (random.nextInt(3) == 0) {
      market.capacity(pool, random.nextInt(8));
    }
    if (random.nextInt(15) == 0) {
      market.unsupported(pool);
    }
  }

  static UsdPerHour usd(double dollars) {
    return new UsdPerHour(Math.round(dollars * 1e6) * 1000);
  }

  private FleetWishes makeWishes() {
    boolean stateful = random.nextInt(5) < 2;
    double budget = 0.2 + random.nextDouble() * 1.5;
    double reach = budget / 0.014;
    var demand = random.nextBoolean() ? reach * 3 : reach * random.nextDouble();
    double floor = random.nextInt(3) == 0 ? reach * random.nextDouble() * 0.8 : 0;
    var prices =
        new PricePolicy(
            0.5 + random.nextDouble() * 0.5,
            Duration.ofDays(1 + random.nextInt(7)),
            Duration.ofHours(1 + random.nextInt(24)),
            random.nextBoolean()
                ? Optional.of(usd(0.012 + random.nextDouble() * 0.01))
                : Optional.empty());
    return new FleetWishes(
        new TreeSet<>(zoneSubnets()),
        prices,
        makeLimits(reach, stateful),
        new Worth(Optional.empty(), worth, new TreeSet<>()),
        stateful,
        random.nextInt(6) == 0 ? Shrink.NEVER : Shrink.DRAIN,
        random.nextInt(3) == 0
            ? Deletion.ORPHAN
            : stateful || random.nextBoolean() ? Deletion.DRAIN : Deletion.TERMINATE,
        random.nextBoolean() ? Rebalance.REPLACE : Rebalance.IGNORE,
        usd(budget),
        Utility.of(Math.floor(demand)),
        Utility.of(Math.floor(floor)));
  }

  private Limits makeLimits(double reach, boolean stateful) {
    return new Limits(
        random.nextBoolean()
            ? Optional.of(Utility.of(Math.floor(6 + reach / 3)))
            : Optional.empty(),
        random.nextBoolean() ? OptionalInt.of(1 + random.nextInt(3)) : OptionalInt.empty(),
        random.nextBoolean() ? 0.4 + random.nextDouble() * 0.5 : 1,
        random.nextBoolean() ? 0.55 + random.nextDouble() * 0.4 : 1,
        stateful && random.nextBoolean()
            ? OptionalInt.of(5 + random.nextInt(10))
            : OptionalInt.empty());
  }

  private List<String> zoneSubnets() {
    var ids = new ArrayList<String>();
    for (int i = 0; i < zones.size(); i++) {
      ids.add("subnet-" + i);
    }
    return ids;
  }
}
