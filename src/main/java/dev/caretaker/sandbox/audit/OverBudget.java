package dev.caretaker.sandbox.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** For how long a fleet cost more than its budget, and for whose sake. */
public final class OverBudget {
  /** A fleet at rest looks at the prices each minute, and a look takes a moment. */
  static final Duration ONE_PASS = Duration.ofSeconds(75);

  /** Who outranks the budget. */
  public enum Cause {
    NOBODY,
    SAFETY,
    FLOOR
  }

  private record Look(Instant at, Cause cause) {}

  private final Map<Cause, Duration> times = new EnumMap<>(Cause.class);
  private Optional<Instant> since = Optional.empty();
  private Optional<Look> last = Optional.empty();

  /** The fleet is within its budget. */
  public void within(Instant at) {
    count(at);
    since = Optional.empty();
    last = Optional.empty();
  }

  /** The fleet is over its budget for such a cause; what lies between two looks is the first's. */
  public void over(Instant at, Cause cause) {
    count(at);
    since = since.or(() -> Optional.of(at));
    last = Optional.of(new Look(at, cause));
  }

  private void count(Instant to) {
    if (since.isEmpty() || last.isEmpty()) {
      return;
    }
    var excused = since.get().plus(ONE_PASS);
    var from = last.get().at().isBefore(excused) ? excused : last.get().at();
    if (from.isBefore(to)) {
      times.merge(last.get().cause(), Duration.between(from, to), Duration::plus);
    }
  }

  /** Beyond the one pass that has to see it, each time that it came over. */
  public Duration time(Cause cause) {
    return times.getOrDefault(cause, Duration.ZERO);
  }
}
