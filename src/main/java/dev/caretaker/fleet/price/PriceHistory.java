package dev.caretaker.fleet.price;

import dev.caretaker.fleet.model.PricePoint;
import dev.caretaker.fleet.model.PriceSeries;
import dev.caretaker.fleet.model.Quote;
import dev.caretaker.fleet.policy.PricePolicy;
import dev.caretaker.kernel.UsdPerHour;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The ceiling of a pool: for each hour of the history the highest price within the horizon after
 * it, and of these hours the wanted percentile.
 */
public final class PriceHistory {
  private static final Duration STEP = Duration.ofHours(1);

  private PriceHistory() {}

  /** A price that holds from one hour of the grid to another. */
  private record Stretch(long from, long to, long nanos) {}

  /** Empty where no price stands now. */
  public static Optional<Quote> quote(PriceSeries series, PricePolicy policy, Instant now) {
    var known = series.points().stream().filter(point -> !point.at().isAfter(now)).toList();
    if (known.isEmpty()) {
      return Optional.empty();
    }
    var today = known.get(known.size() - 1).usd();
    var hours = highest(stretches(known, policy.history(), now), policy.horizon());
    if (hours.isEmpty()) {
      return Optional.of(new Quote(series.pool(), today, today));
    }
    hours.sort(null);
    // The nearest rank: a price that was really asked for, not one between two.
    int rank = (int) Math.ceil(policy.percentile() * hours.size() - 1e-9);
    return Optional.of(
        new Quote(series.pool(), today, new UsdPerHour(hours.get(Math.max(0, rank - 1)))));
  }

  /** Prices on a grid of hours that begins where the history does. */
  private static List<Stretch> stretches(List<PricePoint> points, Duration history, Instant now) {
    var end = now.truncatedTo(ChronoUnit.HOURS).plus(STEP);
    var start = end.minus(history);
    var stretches = new ArrayList<Stretch>();
    for (int i = 0; i < points.size(); i++) {
      var from = points.get(i).at();
      var to = i + 1 < points.size() ? points.get(i + 1).at() : end;
      if (to.isAfter(start)) {
        long first = Math.max(0, Duration.between(start, from).dividedBy(STEP));
        long last = hours(Duration.between(start, to));
        stretches.add(new Stretch(first, last, points.get(i).usd().nanos()));
      }
    }
    return stretches;
  }

  /** Rounded up: an hour that has begun counts. */
  private static long hours(Duration time) {
    return -Math.floorDiv(-time.toSeconds(), STEP.toSeconds());
  }

  /** For each hour the highest price from it to the end of the horizon, in one walk backwards. */
  private static List<Long> highest(List<Stretch> stretches, Duration horizon) {
    var result = new ArrayList<Long>();
    if (stretches.isEmpty()) {
      return result;
    }
    long reach = Math.max(1, hours(horizon));
    var candidates = new ArrayDeque<Stretch>();
    long hour = stretches.get(stretches.size() - 1).to() - 1;
    int next = stretches.size() - 1;
    for (; hour >= stretches.get(0).from(); hour--) {
      while (next >= 0 && stretches.get(next).to() > hour) {
        var stretch = stretches.get(next);
        while (!candidates.isEmpty() && candidates.peekLast().nanos() <= stretch.nanos()) {
          candidates.pollLast();
        }
        candidates.addLast(stretch);
        next--;
      }
      while (candidates.size() > 1 && candidates.peekFirst().from() >= hour + reach) {
        candidates.pollFirst();
      }
      result.add(candidates.getFirst().nanos());
    }
    return result;
  }
}
