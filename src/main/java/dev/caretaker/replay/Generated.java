package dev.caretaker.replay;

import dev.caretaker.fleet.model.MachineType;
import dev.caretaker.fleet.model.TypeView;
import dev.caretaker.kernel.UsdPerHour;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A market that never was, for those who have no price file: equal seeds give equal prices. Most
 * types hardly move and a few move wildly, as on EC2: two years of 252 types in us-east-1 had a
 * median change of 1.2, 3.4 and 8.2 % after 1, 7 and 30 days, and a 99th percentile of 14, 35 and
 * 103 %.
 */
public final class Generated {
  private static final List<String> ZONES = List.of("a", "b", "c");

  /** A family: what a processor of it costs on demand, and the memory that comes with it. */
  private record Family(String name, double usdPerVcpu, double gibPerVcpu) {}

  private static final List<Family> FAMILIES =
      List.of(
          new Family("c1", 0.0425, 2),
          new Family("c2", 0.0385, 2),
          new Family("c3", 0.0408, 2),
          new Family("m1", 0.048, 4),
          new Family("m2", 0.043, 4),
          new Family("m3", 0.0504, 4),
          new Family("r1", 0.063, 8),
          new Family("r2", 0.0565, 8));

  /** A size: its processors. */
  private record Size(String name, int vcpus) {}

  private static final List<Size> SIZES =
      List.of(
          new Size("large", 2),
          new Size("xlarge", 4),
          new Size("2xlarge", 8),
          new Size("4xlarge", 16),
          new Size("8xlarge", 32));

  /** Of the logarithm of a type's daily move: the middle one, and how unlike the types are. */
  private static final double MEDIAN_MOVE = 0.0205;

  private static final double UNLIKE = 0.9;

  /** Zones of a type move together, but for the rest. */
  private static final double TOGETHER = 0.8;

  private static final double APART = Math.sqrt(1 - TOGETHER * TOGETHER);

  /** A type goes on in its direction for a while. */
  private static final double CARRIES_ON = 0.15;

  private static final double TURNS = Math.sqrt(1 - CARRIES_ON * CARRIES_ON);

  /** Spot machines cost a third of on-demand ones, and between these shares of it. */
  private static final double LEAST = 0.1;

  private final SplittableRandom random;
  private final List<Recorded.Price> prices = new ArrayList<>();
  private final TreeMap<MachineType, TypeView> types = new TreeMap<>();
  private final TreeMap<MachineType, Double> interruptions = new TreeMap<>();

  private Generated(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /**
   * Prices of a region between two moments. Each pool has one price for each day, from an hour on
   * that is its own.
   */
  public static Recorded market(String region, Instant from, Instant to, long seed) {
    var generated = new Generated(seed);
    for (var family : FAMILIES) {
      for (var size : SIZES) {
        generated.add(family, size, region, from, Duration.between(from, to).toDays() + 1);
      }
    }
    return new Recorded(generated.prices, generated.types, generated.interruptions);
  }

  private void add(Family family, Size size, String region, Instant from, long days) {
    var type = new MachineType(family.name() + "." + size.name());
    double onDemand = family.usdPerVcpu() * size.vcpus();
    types.put(
        type,
        new TypeView(
            type, size.vcpus(), family.gibPerVcpu() * size.vcpus(), 0, Optional.of(usd(onDemand))));
    interruptions.put(type, 0.025 + 0.15 * random.nextDouble());
    double move = MEDIAN_MOVE * Math.exp(UNLIKE * normal());
    var shares = new double[ZONES.size()];
    var hours = new int[ZONES.size()];
    double share = 0.33 * Math.exp(0.2 * normal());
    for (int i = 0; i < shares.length; i++) {
      shares[i] = bounded(share * Math.exp(0.08 * normal()));
      hours[i] = random.nextInt(24);
    }
    double together = normal();
    for (long day = 0; day < days; day++) {
      together = CARRIES_ON * together + TURNS * normal();
      for (int i = 0; i < shares.length; i++) {
        shares[i] = bounded(shares[i] * Math.exp(move * (TOGETHER * together + APART * normal())));
        prices.add(
            new Recorded.Price(
                from.plus(Duration.ofDays(day)).plus(Duration.ofHours(day == 0 ? 0 : hours[i])),
                type,
                Optional.of(region + ZONES.get(i)),
                usd(onDemand * shares[i])));
      }
    }
  }

  /** No spot price is above the one on demand; what would go beyond a bound is thrown back. */
  private static double bounded(double share) {
    double thrownBack = share > 1 ? 1 / share : share < LEAST ? LEAST * LEAST / share : share;
    return Math.min(1, Math.max(LEAST, thrownBack));
  }

  private static UsdPerHour usd(double dollars) {
    return new UsdPerHour(Math.round(dollars * 1e4) * 100_000);
  }

  /** Of mean 0 and deviation 1, by Box and Muller. */
  private double normal() {
    return Math.sqrt(-2 * Math.log(1 - random.nextDouble()))
        * Math.cos(2 * Math.PI * random.nextDouble());
  }
}
