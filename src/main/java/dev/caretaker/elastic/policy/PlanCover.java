package dev.caretaker.elastic.policy;

import dev.caretaker.elastic.model.NodeName;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a plan covers, and with it what a person approves: the nodes of each step in their order, by
 * which means each is sheltered, and the accepted risks. Bytes and durations are not in it.
 *
 * @param hash the short name of all the rest
 * @param wish what was asked, as {@link EsPolicy#request()} says it
 * @param risks accepted by name, one sentence each
 */
public record PlanCover(String hash, String wish, List<Step> steps, List<String> risks) {

  /** What a step is about. */
  public enum Kind {
    BOUNCE,
    DRAIN
  }

  /**
   * Nodes that go together.
   *
   * @param movesCopies whether copies are moved before they go
   * @param raises indices that get a replica more for the time
   */
  public record Step(
      Kind kind, List<NodeName> nodes, boolean movesCopies, SortedSet<String> raises) {
    public Step {
      nodes = List.copyOf(nodes);
      raises = Collections.unmodifiableSortedSet(new TreeSet<>(raises));
    }
  }

  public PlanCover {
    steps = List.copyOf(steps);
    risks = List.copyOf(risks);
  }

  /** What it covers otherwise than an earlier plan, one sentence each. */
  public List<String> changesSince(PlanCover earlier) {
    return new PlanChanges(earlier, this).sentences();
  }
}
