package dev.caretaker.fleet.action;

import dev.caretaker.fleet.model.PurchaseAnswer;
import java.time.Instant;

/** What came of an action, as far as its answer tells. */
public sealed interface FleetOutcome {

  /** EC2 answered a purchase; the answer is its outcome. */
  record Answered(PurchaseAnswer answer, Instant at) implements FleetOutcome {}

  /**
   * A call failed.
   *
   * @param mayBeDone it may have been, or may still be, carried out
   */
  record Failed(FleetAction action, String sentence, boolean mayBeDone, Instant at)
      implements FleetOutcome {}
}
