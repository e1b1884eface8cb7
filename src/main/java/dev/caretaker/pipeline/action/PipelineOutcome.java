package dev.caretaker.pipeline.action;

import java.time.Instant;

/** What came of an action, as far as its answer tells. */
public sealed interface PipelineOutcome {
  PipelineAction action();

  Instant at();

  /**
   * It was carried out. Only sent objects need to be told so, for no read can prove them; of
   * everything else the next read tells.
   */
  record Done(PipelineAction action, Instant at) implements PipelineOutcome {}

  /**
   * It failed.
   *
   * @param sentence in the words of who refused it
   * @param mayBeDone it may have been, or may still be, carried out
   */
  record Failed(PipelineAction action, String sentence, boolean mayBeDone, Instant at)
      implements PipelineOutcome {}
}
