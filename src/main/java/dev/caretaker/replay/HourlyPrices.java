package dev.caretaker.replay;

import dev.caretaker.fleet.model.PriceSeries;
import dev.caretaker.fleet.policy.PricePolicy;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The prices of a pool as SpotManager saw them: a price holds from {@code duration} before its own
 * time until the next one does, and an hour is worth the highest that holds in any part of it. So
 * whoever bid the value of an hour would have kept a machine from that hour for {@code duration}.
 * The fleet's own {@code PriceHistory} differs by an hour at both ends and says a percentile only.
 *
 * @param values USD for an hour, in the order of time; the hours that had a price
 */
record HourlyPrices(List<Double> values) {
  private static final Duration HOUR = Duration.ofHours(1);

  HourlyPrices {
    values = List.copyOf(values);
  }

  /** From the beginning of this hour, less the history, to its end. */
  static HourlyPrices of(PriceSeries series, PricePolicy policy, Instant now) {
    var hour = now.truncatedTo(ChronoUnit.HOURS);
    var first = hour.minus(policy.history());
    var end = hour.plus(HOUR);
    var highest = new double[(int) hours(Duration.between(first, end))];
    var points = series.points();
    for (int i = 0; i < points.size(); i++) {
      var from = points.get(i).at().minus(policy.horizon());
      var until = i + 1 < points.size() ? points.get(i + 1).at() : end;
      double usd = points.get(i).usd().dollars();
      int begin = (int) Math.max(0, Duration.between(first, from).dividedBy(HOUR));
      long last = Math.min(highest.length, hours(Duration.between(first, until)));
      for (int each = begin; each < last; each++) {
        highest[each] = Math.max(highest[each], usd);
      }
    }
    var values = new ArrayList<Double>();
    Arrays.stream(highest).filter(usd -> usd > 0).forEach(values::add);
    return new HourlyPrices(values);
  }

  /** Rounded up: an hour that has begun counts. */
  private static long hours(Duration time) {
    return -Math.floorDiv(-time.toMillis(), HOUR.toMillis());
  }

  /** The value that so much of all hours do not exceed, by the nearest rank. */
  OptionalDouble at(double percentile) {
    int rank = (int) Math.ceil(percentile * values.size() - 1e-9);
    var ascending = values.stream().mapToDouble(each -> each).sorted();
    return ascending.skip(Math.max(0, rank - 1)).findFirst();
  }

  /** The next higher value; empty where none is. */
  OptionalDouble above(double value) {
    return values.stream().mapToDouble(each -> each).filter(each -> each > value).min();
  }

  /** The value of this hour; empty where no price is known. */
  OptionalDouble current() {
    return values.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(values.get(values.size() - 1));
  }
}
