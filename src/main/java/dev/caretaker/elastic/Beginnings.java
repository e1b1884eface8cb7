package dev.caretaker.elastic;

import dev.caretaker.elastic.drain.Exclusions;
import dev.caretaker.elastic.guard.Beginning;
import dev.caretaker.elastic.guard.Guards;
import dev.caretaker.elastic.guard.Scope;
import dev.caretaker.elastic.guard.StopQuestion;
import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.EsView;
import dev.caretaker.elastic.model.Routing;
import dev.caretaker.elastic.policy.EsPolicy;
import dev.caretaker.elastic.rollout.RolloutProgress;
import dev.caretaker.elastic.rollout.Stage;
import dev.caretaker.kernel.Refusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What may be begun on a cluster, and what of the declared exclusions may be written. */
record Beginnings(EsPolicy policy, EsView view, ClusterView cluster, Guards guards, Instant now) {

  /** What speaks against anything disruptive now. */
  List<Refusal> hindrances(EsProgress progress) {
    var set = progress.rollout().map(RolloutProgress::set).orElse(List.of());
    var hindrances = new ArrayList<Refusal>(new Preconditions(policy, cluster).unmet());
    hindrances.addAll(guards.ask(new StopQuestion(policy, view, cluster, set, now), Scope.ACTING));
    return hindrances;
  }

  /** The declared baseline, less the exclusions that may not begin yet. */
  Routing routing(EsProgress progress, List<Refusal> hindrances) {
    var exclusions = new Exclusions(policy, cluster);
    boolean mayBegin =
        hindrances.isEmpty()
            && !setHasBegun(progress)
            && exclusions.leavesNoPlace().isEmpty()
            && unapproved().isEmpty();
    return mayBegin ? policy.baseline() : exclusions.standing();
  }

  /** Whether nodes are about to leave, or have left, for a rollout. */
  static boolean setHasBegun(EsProgress progress) {
    return progress.rollout().filter(each -> each.stage() != Stage.FINISHING).isPresent();
  }

  /** What speaks against beginning the drains that are declared and not written yet. */
  List<Refusal> unapproved() {
    var exclusions = new Exclusions(policy, cluster);
    var drain = exclusions.drain();
    if (!exclusions.somethingNew() || drain.nodes().isEmpty()) {
      return List.of();
    }
    var beginning = Optional.of(new Beginning(drain, Set.of()));
    return guards.ask(
        new StopQuestion(policy, view, cluster, List.of(), beginning, now), Scope.BEGINNING);
  }
}
