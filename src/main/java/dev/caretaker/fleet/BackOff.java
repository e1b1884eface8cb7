package dev.caretaker.fleet;

import java.time.Duration;
import java.time.Instant;

/** How long EC2 is left alone after calls that failed: twice as long each time. */
public record BackOff(int failures, Instant until) {
  public static final BackOff NONE = new BackOff(0, Instant.EPOCH);
  private static final int MOST_DOUBLINGS = 6;
  private static final Duration FIRST = Duration.ofSeconds(5);

  BackOff afterFailure(Instant at) {
    int doublings = Math.min(failures, MOST_DOUBLINGS);
    return new BackOff(failures + 1, at.plus(FIRST.multipliedBy(1L << doublings)));
  }

  boolean isOver(Instant now) {
    return !until.isAfter(now);
  }
}
