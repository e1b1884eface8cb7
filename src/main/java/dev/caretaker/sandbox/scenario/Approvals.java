package dev.caretaker.sandbox.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caretaker.sandbox.recorder.Effect;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a person wrote into the spec, and which plans were shown: by that, and not by what the
 * operator says of itself, each stop is judged.
 */
final class Approvals {

  /** The nodes of each plan that was shown, with the wish it was for. */
  private record Shown(String wish, Set<String> nodes) {}

  /** What was written, and the plan that was shown last by then. */
  private record Spec(Instant since, String wish, String approvedPlan, String shownLast) {}

  private final Map<String, Shown> shown = new LinkedHashMap<>();
  private final List<Spec> specs = new ArrayList<>();
  private String shownLast = "";

  /** The spec as it is from that moment on. */
  void declared(Instant since, String wish, String approvedPlan) {
    specs.add(new Spec(since, wish, approvedPlan, shownLast));
  }

  String wish() {
    return specs.get(specs.size() - 1).wish();
  }

  String approvedPlan() {
    return specs.get(specs.size() - 1).approvedPlan();
  }

  /** Takes in a status; the hash of its plan, where it shows one for the spec as it is. */
  Optional<String> sees(JsonNode resource) {
    var plan = resource.at("/status/plan");
    long generation = resource.at("/metadata/generation").asLong();
    if (!plan.path("hash").isTextual() || plan.path("generation").asLong() != generation) {
      return Optional.empty();
    }
    var nodes = new TreeSet<String>();
    plan.path("steps").forEach(step -> step.path("nodes").forEach(n -> nodes.add(n.asText())));
    var hash = plan.path("hash").asText();
    shown.putIfAbsent(hash, new Shown(wish(), nodes));
    shownLast = hash;
    return Optional.of(hash);
  }

  int plans() {
    return shown.size();
  }

  /** Stops of nodes that no plan had that was approved at that moment. */
  long unapproved(List<Effect> effects) {
    return effects.stream()
        .filter(Effect::isStop)
        .filter(
            stop ->
                at(stop)
                    .map(spec -> shown.get(spec.approvedPlan()))
                    .filter(plan -> plan.nodes().contains(stop.program()))
                    .isEmpty())
        .count();
  }

  /** Stops on the approval of another wish, or of a plan in whose place another one was shown. */
  long stale(List<Effect> effects) {
    return effects.stream()
        .filter(Effect::isStop)
        .filter(stop -> at(stop).filter(this::isStale).isPresent())
        .count();
  }

  private boolean isStale(Spec spec) {
    var plan = shown.get(spec.approvedPlan());
    return plan != null
        && (!plan.wish().equals(spec.wish()) || !spec.shownLast().equals(spec.approvedPlan()));
  }

  private Optional<Spec> at(Effect effect) {
    return specs.stream()
        .filter(spec -> !spec.since().isAfter(effect.at()))
        .reduce((earlier, later) -> later);
  }
}
