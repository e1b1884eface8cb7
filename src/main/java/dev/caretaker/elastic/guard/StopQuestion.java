package dev.caretaker.elastic.guard;

import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.EsView;
import dev.caretaker.elastic.model.Mark;
import dev.caretaker.elastic.policy.EsPolicy;
import java.time.Instant;
import java.util.List;

/**
 * May these nodes be stopped now?
 *
 * @param everything the whole view, processes included
 * @param cluster the part that the engine told
 * @param set the nodes that would be away together, those already stopped included
 */
public record StopQuestion(
    EsPolicy policy, EsView everything, ClusterView cluster, List<Mark.Member> set, Instant now) {
  public StopQuestion {
    set = List.copyOf(set);
  }
}
