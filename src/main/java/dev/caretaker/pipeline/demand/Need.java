package dev.caretaker.pipeline.demand;

import dev.caretaker.kernel.Reason;
import dev.caretaker.pipeline.policy.DemandPolicy;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * What it takes, before anybody asks how fast to change.
 *
 * <p>Messages may wait for half of the time in which they shall be worked on: so much backlog keeps
 * every machine busy when fewer come than expected, and the other half is there for when more come.
 * What waits beyond is worked off in the time that is left.
 *
 * @param utility between the least and the most that may be asked for
 * @param because the arithmetic
 * @param urgent retention is reached but for the margin: nothing slows the change down
 */
record Need(double utility, Reason because, boolean urgent) {
  /** Part of the time for a new message that it may simply wait. */
  static final double MAY_WAIT = 0.5;

  /** The least time in which too much is worked off: a machine takes minutes to come. */
  private static final Duration SWIFTEST = Duration.ofMinutes(20);

  /** At the deadline the time left counts as a pass. */
  private static final Duration PASS = Duration.ofMinutes(1);

  /**
   * @param arrivals expected, per hour
   * @param pace messages that one utility finishes in an hour
   */
  static Need of(
      DemandPolicy policy,
      long backlog,
      double arrivals,
      double pace,
      Optional<Duration> age,
      Duration retention) {
    double min = policy.min().amount();
    double max = Math.max(min, policy.max().amount());
    if (backlog == 0) {
      return new Need(min, idle(arrivals), false);
    }
    var keptFor = retention.minus(policy.margin());
    var toRetention = age.map(keptFor::minus).orElse(keptFor);
    if (toRetention.compareTo(PASS) <= 0) {
      return new Need(max, late(age.orElse(Duration.ZERO), retention, policy, max), true);
    }
    var fresh = fresh(policy, backlog, arrivals, pace, age.orElse(Duration.ZERO));
    var safe = safe(backlog, arrivals, pace, toRetention);
    var larger = safe.utility > fresh.utility ? safe : fresh;
    return larger.within(min, max);
  }

  private static Need fresh(
      DemandPolicy policy, long backlog, double arrivals, double pace, Duration age) {
    double within = Math.max(hours(SWIFTEST), hours(policy.drainWithin()));
    double wait = MAY_WAIT * within;
    double left = Math.max(within - hours(age), within / 4);
    double swift = Math.max(hours(SWIFTEST), Math.min(left, within - wait));
    double allowed = arrivals * wait;
    double utility = Math.max(0, arrivals + (backlog - allowed) / swift) / pace;
    var sentence =
        String.format(
            Locale.ROOT,
            "%s arrive in an hour and %d wait, %s of which may: (%s %+.0f in %.1f h) / %s by a"
                + " utility in an hour = %.1f",
            count(arrivals),
            backlog,
            count(allowed),
            count(arrivals),
            backlog - allowed,
            swift,
            count(pace),
            utility);
    return new Need(utility, new Reason("Freshness", sentence), false);
  }

  private static Need safe(long backlog, double arrivals, double pace, Duration left) {
    double utility = (arrivals + backlog / hours(left)) / pace;
    var sentence =
        String.format(
            Locale.ROOT,
            "%s arrive in an hour and %d wait, the oldest %.1f h from its retention and the"
                + " margin: (%s + %d in %.1f h) / %s by a utility in an hour = %.1f",
            count(arrivals),
            backlog,
            hours(left),
            count(arrivals),
            backlog,
            hours(left),
            count(pace),
            utility);
    return new Need(utility, new Reason("Retention", sentence), false);
  }

  private Need within(double min, double max) {
    if (utility > max) {
      return new Need(max, told("; the most that may be asked for is %.1f", max), urgent);
    }
    if (utility < min) {
      return new Need(min, told("; the least to be asked for is %.1f", min), urgent);
    }
    return this;
  }

  private Reason told(String more, double amount) {
    return new Reason(
        because.code(), because.sentence() + String.format(Locale.ROOT, more, amount));
  }

  private static Reason idle(double arrivals) {
    return new Reason(
        "NothingWaits", "nothing waits; " + count(arrivals) + " are expected to arrive in an hour");
  }

  private static Reason late(Duration age, Duration retention, DemandPolicy policy, double max) {
    return new Reason(
        "Deadline",
        String.format(
            Locale.ROOT,
            "the oldest message waits for %.1f h; after %.1f h SQS deletes it, and %.1f h are to be"
                + " kept from that: all that may be asked for, %.1f",
            hours(age),
            hours(retention),
            hours(policy.margin()),
            max));
  }

  private static String count(double messages) {
    return String.format(Locale.ROOT, messages < 10 ? "%.1f" : "%.0f", messages);
  }

  static double hours(Duration duration) {
    return duration.toMillis() / 3_600_000.0;
  }
}
