package dev.caretaker.sandbox.scenario;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Two windows: a short one, which closes in the middle of a rollout, and a long one after it. */
record TwoWindows(Instant opens, Instant closes, Instant opensAgain) {
  /** Written, planned and waited for before the first one opens. */
  private static final Duration SOON = Duration.ofSeconds(15);

  /** What was decided before it closed is carried out a moment later. */
  private static final Duration A_MOMENT = Duration.ofSeconds(3);

  /** The next ones that schedules of whole minutes allow. */
  static TwoWindows after(Instant now) {
    var opens = now.plus(SOON).truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
    var closes = opens.plus(1, ChronoUnit.MINUTES);
    return new TwoWindows(opens, closes, closes.plus(2, ChronoUnit.MINUTES));
  }

  /** As a field of {@code spec.rollout}. */
  String field() {
    return "\"windows\":[%s,%s]".formatted(window(opens, "1m"), window(opensAgain, "12h"));
  }

  private static String window(Instant opens, String lasts) {
    var at = opens.atZone(ZoneOffset.UTC);
    return "{\"schedule\":\"%d %d %d %d *\",\"duration\":\"%s\",\"timeZone\":\"UTC\"}"
        .formatted(at.getMinute(), at.getHour(), at.getDayOfMonth(), at.getMonthValue(), lasts);
  }

  /** Whether nothing may be begun at that time. */
  boolean shut(Instant at) {
    return at.isBefore(opens) || (at.isAfter(closes.plus(A_MOMENT)) && at.isBefore(opensAgain));
  }
}
