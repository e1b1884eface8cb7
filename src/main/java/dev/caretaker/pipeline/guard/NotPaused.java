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
public final class NotPaused implements ChangeRule, ReplacementRule {
  @Override
  public Optional<Refusal> against(ChangeQuestion question) {
    return restores(question.action()) ? Optional.empty() : against(question.situation());
  }

  @Override
  public Optional<Refusal> against(ReplacementQuestion question) {
    return against(question.situation());
  }

  private Optional<Refusal> against(Situation situation) {
    return situation.policy().paused()
        ? refuse("spec.paused", "spec.paused is true", "set spec.paused to false")
        : Optional.empty();
  }

  /** A program is stopped before its code is changed, so that the change belongs to its start. */
  private static boolean restores(PipelineAction action) {
    return action instanceof StartProgram
        || action instanceof UpdateCode
        || action instanceof CreateIndex
        || action instanceof WriteTo;
  }
}
