package dev.caretaker.fleet;

import dev.caretaker.fleet.action.FleetAction;
import dev.caretaker.kernel.Condition;
import dev.caretaker.kernel.Verdict;
import java.util.List;

/**
 * What a pass over a fleet shall do: save {@code progress}, then run {@code actions}, then tell.
 *
 * @param actions one batch, safe in any prefix; the next decision needs a view read after it
 * @param ended the resource goes and nothing of its is left to give back
 */
public record FleetDecision(
    FleetProgress progress,
    Verdict verdict,
    List<FleetAction> actions,
    List<Condition> conditions,
    FleetSummary summary,
    boolean ended) {
  public FleetDecision {
    actions = List.copyOf(actions);
    conditions = List.copyOf(conditions);
  }
}
