package dev.caretaker.pipeline;

import dev.caretaker.kernel.Condition;
import dev.caretaker.kernel.Verdict;
import dev.caretaker.pipeline.action.PipelineAction;
import java.util.List;

/**
 * What a pass over a pipeline shall do: save {@code progress}, then run {@code actions}, then tell.
 *
 * @param actions one batch, safe in any prefix; the next decision needs a view read after it
 * @param ended the resource goes and nothing of its is left to put back
 */
public record PipelineDecision(
    PipelineProgress progress,
    Verdict verdict,
    List<PipelineAction> actions,
    List<Condition> conditions,
    PipelineSummary summary,
    boolean ended) {
  public PipelineDecision {
    actions = List.copyOf(actions);
    conditions = List.copyOf(conditions);
  }
}
