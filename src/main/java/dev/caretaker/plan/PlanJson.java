package dev.caretaker.plan;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caretaker.kernel.Refusal;
import java.io.IOException;
import java.util.List;

/** A plan for programs; durations in seconds, sizes in bytes. */
public final class PlanJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private PlanJson() {}

  /**
   * All plans as one object, {@code {"plans": [...], "fleets": [...], "pipelines": [...]}}.
   *
   * @param shown how many steps of each
   */
  public static String text(
      List<Plan> plans, List<FleetPlan> fleets, List<PipelinePlan> pipelines, int shown)
      throws IOException {
    var all = JSON.createObjectNode();
    plans.forEach(plan -> all.withArray("plans").add(of(plan, shown)));
    fleets.forEach(plan -> all.withArray("fleets").add(FleetPlanJson.of(plan)));
    pipelines.forEach(plan -> all.withArray("pipelines").add(PipelinePlanText.json(plan)));
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(all);
  }

  static ObjectNode of(Plan plan, int shown) {
    var json =
        JSON.createObjectNode()
            .put("cluster", plan.cluster())
            .put("outcome", plan.outcome().toString())
            .put("reason", plan.reason().code())
            .put("sentence", PlanWords.headline(plan))
            .put("hash", plan.hash())
            .put("seconds", plan.takes().toSeconds())
            .put("stepsInAll", plan.steps().size());
    refusals(json.putArray("refusedBy"), plan.refusals());
    var steps = json.putArray("steps");
    plan.steps().stream().limit(shown).forEach(step -> step(steps.addObject(), step));
    refusals(json.putArray("thenRefusedBy"), plan.later());
    plan.accepted().forEach(json.putArray("accepted")::add);
    plan.basis().forEach(json.putArray("basis")::add);
    return json;
  }

  private static void step(ObjectNode json, PlanStep step) {
    json.put("kind", PlanWords.doing(step));
    step.nodes().forEach(json.putArray("nodes")::add);
    step.zones().forEach(json.putArray("zones")::add);
    var moves = json.putArray("moves");
    for (var move : step.moves()) {
      moves
          .addObject()
          .put("shard", move.shard())
          .put("from", move.from())
          .put("to", move.to())
          .put("bytes", move.bytes().value());
    }
    var raised = json.putArray("raised");
    for (var raise : step.raised()) {
      raised
          .addObject()
          .put("index", raise.index())
          .put("from", raise.from())
          .put("to", raise.to());
    }
    json.put("copiesLeaving", step.leaves()).put("bytes", step.bytes().value());
    step.holds().forEach(json.putArray("holds")::add);
    json.put("frozenSeconds", step.frozen().toSeconds()).put("seconds", step.takes().toSeconds());
  }

  static void refusals(ArrayNode array, List<Refusal> refusals) {
    for (var refusal : refusals) {
      var json = array.addObject();
      json.put("guard", refusal.guard()).put("sentence", refusal.sentence());
      refusal.subjects().forEach(json.putArray("subjects")::add);
      json.put("liftedBy", refusal.liftedBy());
    }
  }
}
