package dev.caretaker.fleet.model;

import java.time.Instant;
import java.util.Optional;

/**
 * What was announced about a machine. The same may be announced twice, late and in any order.
 *
 * @param at when it came about, not when it was heard
 * @param leavesAt when EC2 takes the machine away, where that is announced
 */
public record Notice(InstanceId machine, Kind kind, Instant at, Optional<Instant> leavesAt) {

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
