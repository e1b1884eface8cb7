package dev.caretaker.fleet.ledger;

import dev.caretaker.kernel.Utility;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * EC2 recommended to move off a machine. It is followed at most once, however often it is heard.
 *
 * @param at when EC2 said so
 * @param followedAt when its replacement was begun
 * @param keeps utility that must be at work without the machine before it goes; of no meaning while
 *     the advice is not followed
 */
public record Advice(Instant at, Optional<Instant> followedAt, Utility keeps) {
  /** Most such machines are taken within 20 minutes; one that still runs then may run for days. */
  private static final Duration STANDS = Duration.ofHours(1);

  public static Advice at(Instant at) {
    return new Advice(at, Optional.empty(), Utility.ZERO);
  }

  public Advice followed(Instant now, Utility keeps) {
    return new Advice(at, Optional.of(now), keeps);
  }

  public boolean stands(Instant now) {
    return at.plus(STANDS).isAfter(now);
  }

  /** Whether its replacement was begun so lately that it counts against their rate. */
  public boolean isRecent(Instant now) {
    return followedAt.filter(begun -> begun.plus(Ledger.RECENT).isAfter(now)).isPresent();
  }
}
