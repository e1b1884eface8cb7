package dev.caretaker.pipeline;

import java.time.Duration;
import java.time.Instant;

/**
 * An action that failed, so that it is tried again later and later, and people read why.
 *
 * @param sentence in the words of who refused it
 * @param times in a row
 * @param at the last time
 */
public record Failure(String sentence, int times, Instant at) {
  private static final Duration FIRST = Duration.ofSeconds(15);
  private static final Duration LONGEST = Duration.ofMinutes(10);

  Failure again(String why, Instant when) {
    return new Failure(why, times + 1, when);
  }

  Instant retryAt() {
    var wait = FIRST.multipliedBy(1L << Math.min(times - 1, 10));
    return at.plus(wait.compareTo(LONGEST) < 0 ? wait : LONGEST);
  }
}
