package dev.caretaker.fleet.ledger;

import dev.caretaker.kernel.Utility;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Somebody recommended to replace a machine. It is followed at most once, however often it is
 * heard.
 *
 * @param pipeline who cannot use it, as people know it; empty: EC2 recommended to move off it
 * @param at when it was said
 * @param followedAt when its replacement was begun
 * @param keeps utility that must be at work without the machine before it goes; of no meaning while
 *     the advice is not followed
 */
public record Advice(
    Optional<String> pipeline, Instant at, Optional<Instant> followedAt, Utility keeps) {
  /** Most such machines are taken within 20 minutes; one that still runs then may run for days. */
  private static final Duration STANDS = Duration.ofHours(1);

  /** Of EC2. */
  public static Advice at(Instant at) {
    return new Advice(Optional.empty(), at, Optional.empty(), Utility.ZERO);
  }

  /** Of a pipeline that cannot use the machine. */
  public static Advice unfit(String pipeline, Instant at) {
    return new Advice(Optional.of(pipeline), at, Optional.empty(), Utility.ZERO);
  }

  public Advice followed(Instant now, Utility keeps) {
    return new Advice(pipeline, at, Optional.of(now), keeps);
  }

  /** Whether it is EC2's. */
  public boolean isOfEc2() {
    return pipeline.isEmpty();
  }

  public boolean isFollowed() {
    return followedAt.isPresent();
  }

  public boolean stands(Instant now) {
    return at.plus(STANDS).isAfter(now);
  }

  /** Whether its replacement was begun so lately that it counts against their rate. */
  public boolean isRecent(Instant now) {
    return followedAt.filter(begun -> begun.plus(Ledger.RECENT).isAfter(now)).isPresent();
  }
}
