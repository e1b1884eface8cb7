package dev.caretaker.elastic;

import dev.caretaker.elastic.action.EsAction;
import dev.caretaker.elastic.handshake.FleetAnswer;
import dev.caretaker.elastic.model.ShardId;
import dev.caretaker.kernel.Condition;
import dev.caretaker.kernel.Observed;
import dev.caretaker.kernel.Verdict;
import java.util.List;
import java.util.Set;

/**
 * What a pass shall do: save {@code progress}, then run {@code actions} in order, then tell people.
 *
 * @param actions one batch, safe in any prefix; the next decision needs a view read after it
 * @param explain shards that the next read shall explain
 * @param fleet what the cluster says of the machines of its fleets; Unknown where it was not read,
 *     or belongs to somebody else
 * @param restored nothing of ours differs from the engine's own state any more, so that the
 *     finalizer may go
 */
public record EsDecision(
    EsProgress progress,
    Verdict verdict,
    List<EsAction> actions,
    List<Condition> conditions,
    EsSummary summary,
    Set<ShardId> explain,
    Observed<FleetAnswer> fleet,
    boolean restored) {
  public EsDecision {
    actions = List.copyOf(actions);
    conditions = List.copyOf(conditions);
    explain = Set.copyOf(explain);
  }
}
