package dev.caretaker.pipeline.guard;

import dev.caretaker.kernel.Refusal;
import dev.caretaker.pipeline.action.PipelineAction;
import dev.caretaker.pipeline.action.PipelineAction.CreateIndex;
import dev.caretaker.pipeline.action.PipelineAction.StartProgram;
import dev.caretaker.pipeline.action.PipelineAction.UpdateCode;
import dev.caretaker.pipeline.action.PipelineAction.WriteTo;
import java.util.Optional;

/**
 * Nobody has paused the pipeline. What was stopped is brought up all the same, and an index is
 * begun with its period: a pause must not lose what is written.
 */
public final class NotPaused implements PipelineRule {
  @Override
  public Optional<Refusal> against(ChangeQuestion question) {
    if (!question.situation().policy().paused() || restores(question.action())) {
      return Optional.empty();
    }
    return refuse("spec.paused", "spec.paused is true", "set spec.paused to false");
  }

  /** A program is stopped before its code is changed, so that the change belongs to its start. */
  private static boolean restores(PipelineAction action) {
    return action instanceof StartProgram
        || action instanceof UpdateCode
        || action instanceof CreateIndex
        || action instanceof WriteTo;
  }
}
