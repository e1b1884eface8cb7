package dev.caretaker.doctor;

import java.time.Duration;
import java.time.Instant;

/** Compares clocks with ours: whether a process is older than a wish is told by two of them. */
final class Clocks {
  /** More than this is no slow answer any more; docs/doctor.md names it. */
  static final Duration MOST = Duration.ofSeconds(30);

  private static final String MEND = "let chrony or ntpd set the clock there, or here";

  private Clocks() {}

  /**
   * A finding on one clock.
   *
   * @param asked before it was looked at, by our clock
   * @param answered afterwards
   */
  static Finding compare(
      String check, String about, Instant shown, Instant asked, Instant answered) {
    var ahead = Duration.between(answered, shown);
    var behind = Duration.between(shown, asked);
    if (ahead.compareTo(MOST) > 0) {
      return wrong(check, about, ahead, "ahead of");
    }
    if (behind.compareTo(MOST) > 0) {
      return wrong(check, about, behind, "behind");
    }
    return Finding.ok(check, about, "within " + MOST.toSeconds() + " s of this machine's clock");
  }

  private static Finding wrong(String check, String about, Duration off, String direction) {
    return Finding.failed(
        check,
        about,
        "its clock is %d s %s this machine's: restartedAt may bounce too many or too few"
            .formatted(off.toSeconds(), direction),
        MEND);
  }
}
