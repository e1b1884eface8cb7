package dev.caretaker.pipeline.demand;

import dev.caretaker.kernel.Utility;
import dev.caretaker.pipeline.policy.DemandPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is to be done at one moment, as far as it is known.
 *
 * @param pace messages that one utility finishes in an hour
 * @param age of the oldest message; empty: nothing waits, or nobody knows
 * @param retention of the queue
 * @param before what was asked for until now
 */
record Load(
    DemandPolicy policy,
    long backlog,
    Rhythm arrivals,
    double pace,
    Optional<Duration> age,
    Duration retention,
    Utility before,
    Instant now) {
  /** Between nothing and this part of the most that may be asked for there are no steps. */
  private static final double FIRST_STEP = 1.0 / 16;

  double min() {
    return policy.min().amount();
  }

  double max() {
    return Math.max(min(), policy.max().amount());
  }

  /** From less than this it is reached in one step, and from this on demand doubles at most. */
  double firstStep() {
    return Math.max(min(), max() * FIRST_STEP);
  }

  /** Messages that are expected in the next hour. */
  double expected() {
    return arrivals.over(now, Duration.ofHours(1)).orElse(0);
  }

  /** In which a new message shall be worked on; half of what it may wait at all, at most. */
  Duration within() {
    var half = retention.minus(policy.margin()).dividedBy(2);
    return policy.drainWithin().compareTo(half) < 0 ? policy.drainWithin() : half;
  }

  /** Until the oldest message is as near to its retention as it may come. */
  Duration left() {
    return retention.minus(policy.margin()).minus(age.orElse(Duration.ZERO));
  }

  /** In the order of their arrival the oldest is so old, where nobody knows better. */
  Duration likelyAge() {
    double usual = Math.max(1e-3, arrivals.usual().orElse(0));
    return age.orElseGet(
        () -> Duration.ofSeconds((long) Math.min(Integer.MAX_VALUE, backlog / usual * 3600)));
  }

  /** Whether a message waits for longer than a new one shall. */
  boolean isBehind() {
    return age.filter(each -> each.compareTo(within()) > 0).isPresent();
  }

  /** Whether what waits is done in a minute, and so little comes that it can be left to gather. */
  boolean isIdle() {
    boolean empty = backlog <= pace * before.amount() / 60;
    return empty && expected() <= pace * firstStep();
  }

  /** Whether no message has waited for half of its time yet. */
  boolean canWait() {
    return likelyAge().multipliedBy(2).compareTo(within()) < 0;
  }
}
