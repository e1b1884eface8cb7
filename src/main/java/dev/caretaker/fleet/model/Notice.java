package dev.caretaker.fleet.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What was announced about a machine. The same may be announced twice, late and in any order.
 *
 * @param at when it came about, not when it was heard
 * @param leavesAt when EC2 takes the machine away, where that is announced
 */
public record Notice(InstanceId machine, Kind kind, Instant at, Optional<Instant> leavesAt) {

  /**
   * The same, of now at the latest: a clock that is wrong, or whoever writes into the queue, cannot
   * have a machine believed to be leaving for longer than EC2's notices last.
   */
  public Notice notAfter(Instant now) {
    var late = Duration.between(now, at);
    return late.isNegative() || late.isZero()
        ? this
        : new Notice(machine, kind, now, leavesAt.map(each -> each.minus(late)));
  }

  /** What is announced. */
  public enum Kind {
    /** EC2 takes the machine away. */
    INTERRUPTION,
    /** EC2 may take the machine away before long. */
    REBALANCE,
    /** It is being started, or runs. */
    COMES,
    /** It is on its way out, or gone. */
    GOES
  }
}
