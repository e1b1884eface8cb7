package dev.caretaker.plan;

import dev.caretaker.elastic.EsDecision;
import dev.caretaker.elastic.action.EsAction;
import dev.caretaker.elastic.guard.WithinWindow;
import dev.caretaker.elastic.model.Mark;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.policy.RolloutPolicy;
import dev.caretaker.elastic.policy.Window;
import dev.caretaker.elastic.rollout.RolloutProgress;
import dev.caretaker.kernel.Refusal;
import dev.caretaker.kernel.Verdict;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether it is the same in every window: a set is begun, given up when the window closes, and
 * begun anew in the next.
 */
final class WindowsTried {
  private final RolloutPolicy rollout;

  /** What ever got further: nodes that were bounced, copies moved, replica counts changed. */
  private final Set<Object> steps = new HashSet<>();

  private List<NodeName> set = List.of();

  /** What a window was last closed on; empty where something was under way. */
  private List<Refusal> against = List.of();

  private boolean further;
  private Instant resting;

  /**
   * Begins with none tried.
   *
   * @param resting since when nothing is begun
   */
  WindowsTried(RolloutPolicy rollout, Instant resting) {
    this.rollout = rollout;
    this.resting = resting;
  }

  /** Takes in what one pass decided at that instant. */
  void note(Instant now, EsDecision decision) {
    var progress = decision.progress();
    further |= steps.addAll(progress.bounced().keySet());
    for (var action : decision.actions()) {
      if (action instanceof EsAction.MoveShard || action instanceof EsAction.SetReplicas) {
        further |= steps.add(action);
      }
    }
    if (WithinWindow.isOpen(rollout, now)) {
      boolean blocked = decision.verdict().kind() == Verdict.Kind.BLOCKED;
      against = blocked ? decision.verdict().refusals() : List.of();
    }
    progress.rollout().map(RolloutProgress::set).filter(s -> !s.isEmpty()).ifPresent(this::begun);
    if (progress.rollout().isEmpty() && (further || Steps.drains(decision))) {
      resting = now;
      further = false;
    }
  }

  private void begun(List<Mark.Member> members) {
    set = members.stream().map(Mark.Member::name).toList();
  }

  /**
   * What stands in the way where each window came and went twice and nothing got further; empty
   * where one may yet make a difference.
   */
  Optional<List<Refusal>> inVain(Instant now, EsDecision decision) {
    var tried = rollout.windows().stream().flatMap(each -> closesTwice(each).stream());
    boolean all =
        decision.progress().rollout().isEmpty()
            && tried.max(Comparator.naturalOrder()).filter(now::isAfter).isPresent()
            && !WithinWindow.isOpen(rollout, now);
    if (!all) {
      return Optional.empty();
    }
    var sentence =
        "No window of spec.rollout.windows is long enough: each has opened and closed twice, and "
            + (set.isEmpty() ? "no set was begun" : set + " got no further");
    var lift = "declare windows that last longer, or that follow each other";
    var tooShort = new Refusal("WindowsTooShort", sentence, List.of(), lift);
    return Optional.of(against.isEmpty() ? List.of(tooShort) : against);
  }

  /** When its second time from now on is over; empty where it has none. */
  private Optional<Instant> closesTwice(Window window) {
    return window
        .opensNext(resting)
        .flatMap(window::opensNext)
        .map(second -> second.plus(window.lasts()));
  }
}
