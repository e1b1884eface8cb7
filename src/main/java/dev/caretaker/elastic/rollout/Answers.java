package dev.caretaker.elastic.rollout;

import dev.caretaker.elastic.guard.Scope;
import dev.caretaker.elastic.model.Mark;
import dev.caretaker.elastic.shelter.Placement;
import dev.caretaker.elastic.shelter.ShelterPlan;
import dev.caretaker.kernel.Refusal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What was found out already in this decision: which stage it is and what the stage does both ask,
 * and each answer is a walk through the routing table.
 */
final class Answers {
  private final Map<Refused, List<Refusal>> refusals = new HashMap<>();
  private final Map<Planned, ShelterPlan> plans = new HashMap<>();
  private @Nullable Placement placement;

  private record Refused(List<Mark.Member> set, Scope scope) {}

  private record Planned(List<Mark.Member> set, Map<String, Integer> raised) {}

  List<Refusal> refusals(List<Mark.Member> set, Scope scope, Supplier<List<Refusal>> otherwise) {
    return refusals.computeIfAbsent(new Refused(set, scope), asked -> otherwise.get());
  }

  Placement placement(Supplier<Placement> otherwise) {
    var known = placement;
    if (known == null) {
      known = otherwise.get();
      placement = known;
    }
    return known;
  }

  ShelterPlan plan(
      List<Mark.Member> set, Map<String, Integer> raised, Supplier<ShelterPlan> otherwise) {
    return plans.computeIfAbsent(new Planned(set, raised), asked -> otherwise.get());
  }
}
