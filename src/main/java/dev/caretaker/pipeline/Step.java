package dev.caretaker.pipeline;

import java.time.Instant;

/** A stage, and since when it lasts. */
public record Step(Stage stage, Instant since) {

  /** The same step while its stage lasts, else a new one. */
  Step at(Stage now, Instant time) {
    return stage == now ? this : new Step(now, time);
  }

  boolean isLate(Instant now) {
    return since.plus(stage.deadline()).isBefore(now);
  }
}
