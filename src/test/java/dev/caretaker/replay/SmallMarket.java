package dev.caretaker.replay;

import dev.caretaker.fleet.model.MachineType;
import dev.caretaker.fleet.model.Pool;
import dev.caretaker.fleet.policy.FleetPolicy;
import dev.caretaker.fleet.policy.Limits;
import dev.caretaker.kernel.UsdPerHour;
import dev.caretaker.kernel.Utility;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A market and a spec so small that every buyer can be tried: a few pools, a few moments, a budget
 * for a few machines. Equal seeds give equal ones.
 */
record SmallMarket(
    long seed, FleetPolicy policy, SortedMap<MachineType, Utility> worth, List<Moment> moments) {

  /** Of prices that jump: nothing of the pool can be paid any more. */
  private static final int FAR = 30;

  /** Prices that begin so long after the fleet did. */
  record Moment(Duration since, SortedMap<Pool, UsdPerHour> prices) {
    SortedMap<Pool, Double> dollars() {
      var dollars = new TreeMap<Pool, Double>();
      prices.forEach((pool, price) -> dollars.put(pool, price.dollars()));
      return dollars;
    }

    @Override
    public String toString() {
      return "  after " + since + ": " + prices;
    }
  }

  static SmallMarket random(long seed) {
    var random = new SplittableRandom(seed);
    var worth = new TreeMap<MachineType, Utility>();
    int types = 2 + random.nextInt(3);
    for (int i = 0; i < types; i++) {
      worth.put(new MachineType("m" + i + ".large"), new Utility(500L * (2 + random.nextInt(11))));
    }
    var pools = new ArrayList<Pool>();
    int zones = 1 + random.nextInt(3);
    for (var type : worth.keySet()) {
      for (int zone = 0; zone < zones; zone++) {
        if (zone == 0 || random.nextInt(4) > 0) {
          pools.add(Pool.of(type.value(), "us-test-1" + (char) ('a' + zone)));
        }
      }
    }
    var moments = moments(random, pools, worth);
    return new SmallMarket(seed, policy(random, moments.get(0), worth), worth, moments);
  }

  /** A third of all prices moves from one moment to the next, some of them far. */
  private static List<Moment> moments(
      SplittableRandom random, List<Pool> pools, SortedMap<MachineType, Utility> worth) {
    var moments = new ArrayList<Moment>();
    var since = Duration.ZERO;
    var prices = new TreeMap<Pool, UsdPerHour>();
    int count = 2 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      for (var pool : pools) {
        if (i == 0 || random.nextInt(3) == 0) {
          double each = worth.getOrDefault(pool.type(), Utility.ZERO).amount();
          double perUtility = 0.01 * Math.exp(random.nextDouble(-0.7, 0.9));
          perUtility *= i > 0 && random.nextInt(3) == 0 ? FAR : 1;
          prices.put(pool, new UsdPerHour(Math.round(each * perUtility * 1e5) * 10_000));
        }
      }
      moments.add(new Moment(since, new TreeMap<>(prices)));
      since = since.plus(Duration.ofMinutes(random.nextBoolean() ? 5 : 10));
    }
    return moments;
  }

  private static FleetPolicy policy(
      SplittableRandom random, Moment first, SortedMap<MachineType, Utility> worth) {
    double machine = first.dollars().values().stream().mapToDouble(each -> each).sum();
    machine /= first.prices().size();
    // With many pools there are too many fleets of many machines.
    double machines = random.nextDouble(1, first.prices().size() > 6 ? 1.6 : 4.5);
    return new StatelessFleet(
            new UsdPerHour(Math.round(machine * machines * 1e5) * 10_000),
            some(random, usd(random)),
            limits(random),
            random.nextInt(4) == 0 ? utility(random, 8) : Utility.ZERO,
            utility(random, random.nextBoolean() ? 24 : 1000),
            worth)
        .policy();
  }

  private static Limits limits(SplittableRandom random) {
    var perType =
        random.nextInt(4) == 0 ? OptionalInt.of(1 + random.nextInt(2)) : OptionalInt.empty();
    return new Limits(some(random, utility(random, 24)), perType, share(random), share(random));
  }

  private static double share(SplittableRandom random) {
    return new double[] {1, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3}[random.nextInt(7)];
  }

  private static Utility utility(SplittableRandom random, int halves) {
    return new Utility(500L * (1 + random.nextInt(halves)));
  }

  private static UsdPerHour usd(SplittableRandom random) {
    return new UsdPerHour(random.nextLong(8_000_000, 25_000_000));
  }

  private static <T> Optional<T> some(SplittableRandom random, T value) {
    return random.nextInt(3) == 0 ? Optional.of(value) : Optional.empty();
  }

  @Override
  public String toString() {
    return "seed %d: budget %s, at most %s for utility, %s, floor %s, demand %s, worth %s%n%s"
        .formatted(
            seed,
            policy.budget(),
            policy.prices().mostPerUtility().map(UsdPerHour::toString).orElse("anything"),
            policy.limits(),
            policy.floor(),
            policy.demand().orElse(Utility.ZERO),
            worth,
            moments.stream().map(Moment::toString).collect(Collectors.joining("\n")));
  }
}
