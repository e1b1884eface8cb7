package dev.caretaker.pipeline.demand;

import dev.caretaker.kernel.Reason;
import java.time.Duration;
import java.util.Locale;

/**
 * What it takes, before anybody asks how fast to change: anything from {@code low} to {@code high}
 * will do.
 *
 * @param low utility between the least and the most that may be asked for
 * @param lowBecause the arithmetic of {@code low}
 * @param high likewise, and never less
 * @param urgent retention is reached but for the margin: nothing slows the change down
 */
record Need(double low, Reason lowBecause, double high, Reason highBecause, boolean urgent) {

  /** At the deadline the time left counts as a pass. */
  private static final Duration PASS = Duration.ofMinutes(1);

  static Need of(Load load) {
    return unlimited(load).within(load);
  }

  private static Need unlimited(Load load) {
    if (load.backlog() > 0 && load.left().compareTo(PASS) <= 0) {
      return exactly(Double.MAX_VALUE, late(load), true);
    }
    if (load.isIdle()) {
      return exactly(0, idle(load), false);
    }
    var fresh = fresh(Band.of(load), load.pace());
    return load.isBehind() ? fresh.or(safe(load)) : fresh;
  }

  private static Need fresh(Band band, double pace) {
    double low = band.low() / pace;
    double high = band.high() / pace;
    var least =
        String.format(
            Locale.ROOT,
            "%.0f messages are due in the next %.1f h: %.0f / %.1f h / %s by a utility in an hour ="
                + " %.1f",
            band.due(),
            band.lowIn(),
            band.due(),
            band.lowIn(),
            count(pace),
            low);
    var most =
        String.format(
            Locale.ROOT,
            "%.0f messages are there in the next %.1f h, and more machines would be idle: %.0f /"
                + " %.1f h / %s by a utility in an hour = %.1f",
            band.there(),
            band.highIn(),
            band.there(),
            band.highIn(),
            count(pace),
            high);
    return new Need(
        low, new Reason("Freshness", least), high, new Reason("EnoughToDo", most), false);
  }

  private static Need safe(Load load) {
    double left = hours(load.left());
    double utility = (load.expected() + load.backlog() / left) / load.pace();
    var sentence =
        String.format(
            Locale.ROOT,
            "%.0f messages arrive in an hour and %d wait, the oldest %.1f h from its retention and"
                + " the margin: (%.0f + %d / %.1f h) / %s by a utility in an hour = %.1f",
            load.expected(),
            load.backlog(),
            left,
            load.expected(),
            load.backlog(),
            left,
            count(load.pace()),
            utility);
    return exactly(utility, new Reason("Retention", sentence), false);
  }

  private static Need exactly(double utility, Reason because, boolean urgent) {
    return new Need(utility, because, utility, because, urgent);
  }

  /** The one that asks for more at its lower end, and no less than that at the upper. */
  private Need or(Need other) {
    var more = other.low > low ? other : this;
    return high >= more.low
        ? new Need(more.low, more.lowBecause, high, highBecause, urgent || other.urgent)
        : exactly(more.low, more.lowBecause, urgent || other.urgent);
  }

  private Need within(Load load) {
    double min = load.min();
    double max = load.max();
    return new Need(
        Math.max(min, Math.min(max, low)),
        clamped(lowBecause, low, min, max),
        Math.max(min, Math.min(max, high)),
        clamped(highBecause, high, min, max),
        urgent);
  }

  private static Reason clamped(Reason because, double utility, double min, double max) {
    if (utility > max) {
      return told(because, String.format(Locale.ROOT, "; at most %.1f may be asked for", max));
    }
    return utility < min
        ? told(because, String.format(Locale.ROOT, "; at least %.1f is asked for", min))
        : because;
  }

  static Reason told(Reason because, String more) {
    return new Reason(because.code(), because.sentence() + more);
  }

  private static Reason idle(Load load) {
    return new Reason(
        "NothingWaits",
        String.format(
            Locale.ROOT,
            "%d messages wait and %.1f are expected in an hour: they may gather",
            load.backlog(),
            load.expected()));
  }

  private static Reason late(Load load) {
    return new Reason(
        "Deadline",
        String.format(
            Locale.ROOT,
            "the oldest message waits for %.1f h; after %.1f h SQS deletes it, and %.1f h are to be"
                + " kept from that: all that there is",
            hours(load.age().orElse(Duration.ZERO)),
            hours(load.retention()),
            hours(load.policy().margin())));
  }

  private static String count(double messages) {
    return String.format(Locale.ROOT, messages < 10 ? "%.2f" : "%.0f", messages);
  }

  static double hours(Duration duration) {
    return duration.toMillis() / 3_600_000.0;
  }
}
