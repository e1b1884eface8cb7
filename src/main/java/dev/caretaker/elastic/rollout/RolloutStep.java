package dev.caretaker.elastic.rollout;

import dev.caretaker.elastic.action.EsAction;
import dev.caretaker.kernel.Reason;
import dev.caretaker.kernel.Refusal;
import dev.caretaker.kernel.Verdict;
import java.util.List;

/**
 * What a rollout asks for now.
 *
 * @param kind BLOCKED only where nothing is on its way that could lift the refusals
 * @param refusals what speaks against its next disruptive action
 */
public record RolloutStep(
    Verdict.Kind kind, List<EsAction> actions, Reason reason, List<Refusal> refusals) {
  public RolloutStep {
    actions = List.copyOf(actions);
    refusals = List.copyOf(refusals);
  }
}
