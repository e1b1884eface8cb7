package dev.caretaker.elastic.policy;

import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.policy.PlanCover.Kind;
import dev.caretaker.elastic.policy.PlanCover.Step;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a plan covers otherwise than an earlier one did. What the earlier one had in front may be
 * done by now, and is no change.
 */
record PlanChanges(PlanCover earlier, PlanCover later) {
  private static final int SHOWN = 5;

  List<String> sentences() {
    var changes = new ArrayList<String>();
    if (!earlier.wish().equals(later.wish())) {
      changes.add("asked was " + earlier.wish() + ", and is " + later.wish());
    }
    less(later.risks(), earlier.risks()).forEach(each -> changes.add("accepted now: " + each));
    less(earlier.risks(), later.risks())
        .forEach(each -> changes.add("not accepted any more: " + each));
    later.steps().forEach(step -> compare(step, changes));
    gone().forEach(step -> changes.add(doing(step) + " is left out"));
    if (changes.isEmpty() && !sameOrder()) {
      changes.add("another order: " + later.steps().stream().map(PlanChanges::names).toList());
    }
    return shown(changes);
  }

  private void compare(Step step, List<String> changes) {
    var before = in(earlier, step);
    if (before.isEmpty()) {
      changes.add(doing(step) + " is new");
      return;
    }
    var raises = less(step.raises(), before.get().raises());
    if (!raises.isEmpty()) {
      changes.add(names(step) + ": a replica more of " + String.join(", ", raises));
    }
    var fewer = less(before.get().raises(), step.raises());
    if (!fewer.isEmpty()) {
      changes.add(names(step) + ": no replica more of " + String.join(", ", fewer));
    }
    if (step.movesCopies() != before.get().movesCopies()) {
      changes.add(names(step) + (step.movesCopies() ? ": copies are moved" : ": nothing is moved"));
    }
  }

  /** Steps that the later plan has not, though it has one that the earlier one had before. */
  private List<Step> gone() {
    boolean begun = false;
    var gone = new ArrayList<Step>();
    for (var step : earlier.steps()) {
      boolean left = in(later, step).isPresent();
      begun |= left;
      if (begun && !left) {
        gone.add(step);
      }
    }
    return gone;
  }

  private boolean sameOrder() {
    var left = earlier.steps().stream().filter(step -> in(later, step).isPresent());
    return left.map(PlanChanges::names)
        .toList()
        .equals(later.steps().stream().map(PlanChanges::names).toList());
  }

  private static Optional<Step> in(PlanCover plan, Step step) {
    return plan.steps().stream()
        .filter(each -> each.kind() == step.kind() && each.nodes().equals(step.nodes()))
        .findFirst();
  }

  private static List<String> less(Collection<String> all, Collection<String> known) {
    var rest = new TreeSet<>(all);
    rest.removeAll(known);
    return List.copyOf(rest);
  }

  private static String doing(Step step) {
    return (step.kind() == Kind.DRAIN ? "the drain of " : "the bounce of ") + names(step);
  }

  private static String names(Step step) {
    return step.nodes().stream().map(NodeName::value).collect(Collectors.joining(" and "));
  }

  private static List<String> shown(List<String> changes) {
    int more = changes.size() - SHOWN;
    if (more <= 0) {
      return changes;
    }
    var shown = new ArrayList<>(changes.subList(0, SHOWN));
    shown.add("and " + more + " changes more");
    return shown;
  }
}
