package dev.caretaker.replay;

import dev.caretaker.fleet.model.MachineType;
import dev.caretaker.fleet.model.Pool;
import dev.caretaker.replay.SharePrices.Choices;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The most that a fleet of whole machines can have within a budget, when no type and no zone holds
 * more than a limit: for every combination of what the zones hold the least money that it takes, a
 * type after the other. Exact, and made for small fleets, of which machines in fractions say too
 * much.
 */
final class WholeFleets {
  /** More take too long, and in so large a fleet a machine is of no weight. */
  private static final int MOST_COMBINATIONS = 1_000_000;

  private final Choices choices;
  private final Limit limit;
  private final Map<String, Double> largest;
  private final double budget;
  private final long unit;
  private final List<String> zones;
  private final int[] steps;
  private final int[] sizes;
  private double[] cheapest = new double[0];

  /** Utility that a part of the fleet holds at most; the largest number is no limit. */
  interface Limit {
    /** The type of a pool. */
    double ofType(Pool pool);

    /** The zone of a pool, when no machine in it has more utility than this. */
    double ofZone(Pool pool, double largest);
  }

  private WholeFleets(Choices choices, Limit limit, Map<String, Double> largest, long unit) {
    this.choices = choices;
    this.limit = limit;
    this.largest = largest;
    this.budget = choices.budget() + 1e-9;
    this.unit = unit;
    this.zones = List.copyOf(largest.keySet());
    this.steps = new int[zones.size()];
    this.sizes = new int[zones.size()];
  }

  /**
   * Empty where there are too many combinations.
   *
   * @param limit of the types and zones
   * @param atMost no fleet has more
   */
  static OptionalDouble most(Choices choices, Limit limit, double atMost) {
    long unit =
        choices.pools().stream()
            .mapToLong(pool -> thousandths(choices, pool))
            .reduce(0, WholeFleets::divisor);
    if (unit == 0) {
      return OptionalDouble.empty();
    }
    double most = 0;
    long combinations = 0;
    for (var largest : largest(choices)) {
      var some =
          choices.only(
              choices.pools().stream()
                  .filter(
                      pool -> choices.each(pool) <= largest.getOrDefault(pool.zone().value(), 0.0))
                  .toList());
      var fleets = new WholeFleets(some, limit, largest, unit);
      combinations += fleets.combinations(units(atMost, unit));
      if (combinations > MOST_COMBINATIONS) {
        return OptionalDouble.empty();
      }
      most = Math.max(most, fleets.most());
    }
    return OptionalDouble.of(most);
  }

  /** For each zone how large its largest machine may be, in all ways. */
  private static List<Map<String, Double>> largest(Choices choices) {
    var byZone = new TreeMap<String, TreeSet<Double>>();
    for (var pool : choices.pools()) {
      byZone.computeIfAbsent(pool.zone().value(), zone -> new TreeSet<>()).add(choices.each(pool));
    }
    var ways = List.<Map<String, Double>>of(new TreeMap<>());
    for (var zone : byZone.entrySet()) {
      var more = new ArrayList<Map<String, Double>>();
      for (var way : ways) {
        for (var each : zone.getValue()) {
          var next = new TreeMap<>(way);
          next.put(zone.getKey(), each);
          more.add(next);
        }
      }
      ways = more;
    }
    return ways;
  }

  private static long thousandths(Choices choices, Pool pool) {
    return Math.round(choices.each(pool) * 1000);
  }

  private static long divisor(long one, long other) {
    return other == 0 ? one : divisor(other, one % other);
  }

  private static int units(double utility, long unit) {
    return (int) Math.floor(Math.min(1e6, utility * 1000 / unit + 1e-6));
  }

  /** Each zone holds from nothing to its limit. */
  private long combinations(int most) {
    long combinations = 1;
    for (int i = 0; i < sizes.length; i++) {
      steps[i] = (int) Math.min(combinations, Integer.MAX_VALUE);
      sizes[i] = 1 + Math.min(most, units(limitOfZone(zones.get(i)), unit));
      combinations *= sizes[i];
    }
    return combinations;
  }

  private double limitOfZone(String zone) {
    return choices.pools().stream()
        .filter(pool -> pool.zone().value().equals(zone))
        .mapToDouble(pool -> limit.ofZone(pool, largest.getOrDefault(zone, 0.0)))
        .findFirst()
        .orElse(0);
  }

  private double most() {
    cheapest =
        new double[steps.length == 0 ? 1 : steps[steps.length - 1] * sizes[sizes.length - 1]];
    Arrays.fill(cheapest, Double.POSITIVE_INFINITY);
    cheapest[0] = 0;
    var types = new TreeMap<MachineType, List<Pool>>();
    choices
        .pools()
        .forEach(pool -> types.computeIfAbsent(pool.type(), type -> new ArrayList<>()).add(pool));
    types.values().forEach(this::add);
    int most = 0;
    for (int i = 0; i < cheapest.length; i++) {
      if (cheapest[i] <= budget) {
        most = Math.max(most, utility(i));
      }
    }
    return most * unit / 1000.0;
  }

  /** What a combination comes to. */
  private int utility(int combination) {
    int utility = 0;
    for (int i = 0; i < steps.length; i++) {
      utility += combination / steps[i] % sizes[i];
    }
    return utility;
  }

  /** Any number of machines of one type, up to its limit, in any of its zones. */
  private void add(List<Pool> type) {
    int each = (int) (thousandths(choices, type.get(0)) / unit);
    double limited = limit.ofType(type.get(0));
    if (limited == Double.MAX_VALUE) {
      type.forEach(pool -> add(pool, each, cheapest, cheapest));
      return;
    }
    int most = units(limited, unit) / each;
    var before = cheapest.clone();
    for (int machines = 1; machines <= most; machines++) {
      var after = new double[before.length];
      Arrays.fill(after, Double.POSITIVE_INFINITY);
      boolean any = false;
      for (var pool : type) {
        any |= add(pool, each, before, after);
      }
      if (!any) {
        break;
      }
      for (int i = 0; i < after.length; i++) {
        cheapest[i] = Math.min(cheapest[i], after[i]);
      }
      before = after;
    }
  }

  /** One machine more in a zone; whether the budget has room for it anywhere. */
  private boolean add(Pool pool, int each, double[] before, double[] after) {
    int zone = zones.indexOf(pool.zone().value());
    double price = choices.price(pool);
    int step = each * steps[zone];
    int row = sizes[zone] * steps[zone];
    boolean any = false;
    for (int begin = 0; begin < after.length; begin += row) {
      for (int i = begin + step; i < begin + row; i++) {
        double cost = before[i - step] + price;
        if (cost < after[i] && cost <= budget) {
          after[i] = cost;
          any = true;
        }
      }
    }
    return any;
  }
}
