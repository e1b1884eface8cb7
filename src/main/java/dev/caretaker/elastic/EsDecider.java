package dev.caretaker.elastic;

import dev.caretaker.elastic.action.RefusedAction;
import dev.caretaker.elastic.guard.Guards;
import dev.caretaker.elastic.model.EsView;
import dev.caretaker.elastic.policy.EsPolicy;
import dev.caretaker.kernel.Reason;
import dev.caretaker.kernel.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** Who may act on a cluster now, and what it does: the whole of Caretaker for Elasticsearch. */
public final class EsDecider {
  private final Guards guards;

  public EsDecider(Guards guards) {
    this.guards = guards;
  }

  /**
   * Decides the next step; equal arguments give equal decisions.
   *
   * @param recentlyRefused what the world refused in the last minutes, so that it is not asked the
   *     same at once
   * @param now by Caretaker's clock
   */
  public EsDecision decide(
      EsPolicy policy,
      EsView view,
      EsProgress progress,
      List<RefusedAction> recentlyRefused,
      Instant now) {
    var reason =
        new Reason("Observing", "Observes only, with " + guards.names().size() + " guards.");
    return new EsDecision(
        progress,
        Verdict.settled(reason, Duration.ofSeconds(30)),
        List.of(),
        List.of(),
        new EsSummary(
            "", "unknown", "Unknown", List.of(), new TreeMap<>(), List.of(), "", List.of(), ""),
        Set.of(),
        false);
  }
}
