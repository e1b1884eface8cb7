package dev.caretaker.elastic.guard;

import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.policy.PlanCover;
import dev.caretaker.elastic.policy.PlanCover.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is about to be begun.
 *
 * @param step its nodes, and what their shelter needs now
 * @param left all nodes that wait for their bounce, those of the step included
 */
public record Beginning(PlanCover.Step step, Set<NodeName> left) {
  public Beginning {
    left = Set.copyOf(left);
  }

  /** Whether it is the next of what is left of that plan, and nothing of the rest is gone. */
  boolean isNextOf(PlanCover plan) {
    if (step.kind() == Kind.DRAIN) {
      return plan.steps().stream()
          .anyMatch(each -> each.kind() == Kind.DRAIN && each.nodes().equals(step.nodes()));
    }
    var rest =
        plan.steps().stream()
            .filter(each -> each.kind() == Kind.BOUNCE)
            .dropWhile(each -> each.nodes().stream().noneMatch(left::contains))
            .toList();
    return !rest.isEmpty()
        && isWhatIsLeftOf(rest.get(0))
        && rest.stream().skip(1).allMatch(each -> left.containsAll(each.nodes()))
        && isShelteredBy(plan, rest.get(0));
  }

  private boolean isWhatIsLeftOf(PlanCover.Step approved) {
    var waiting = new HashSet<>(approved.nodes());
    waiting.retainAll(left);
    return waiting.equals(new HashSet<>(step.nodes()));
  }

  /** A replica that was added for an earlier set is still there, or is added again. */
  private boolean isShelteredBy(PlanCover plan, PlanCover.Step approved) {
    var raised = new TreeSet<String>();
    for (var each : plan.steps().subList(0, plan.steps().indexOf(approved) + 1)) {
      raised.addAll(each.raises());
    }
    return raised.containsAll(step.raises()) && (approved.movesCopies() || !step.movesCopies());
  }

  /** Names of its nodes, for people. */
  List<NodeName> nodes() {
    return step.nodes();
  }
}
