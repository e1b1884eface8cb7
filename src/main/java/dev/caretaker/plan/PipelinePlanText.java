package dev.caretaker.plan;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** A pipeline's plan for people and for programs. */
public final class PipelinePlanText {
  private PipelinePlanText() {}

  /** A part of a plan: what its lines are, and the lines. */
  private record Section(String title, List<String> lines) {}

  private static List<Section> sections(PipelinePlan plan) {
    return List.of(
        new Section("refused by", plan.refusals().stream().map(PlanWords::refusal).toList()),
        new Section("make", plan.creates()),
        new Section("change", plan.changes()),
        new Section(
            "ask the fleet for",
            plan.demand().stream()
                .map(each -> each.utility() + " of utility: " + each.because().sentence())
                .toList()),
        new Section(
            "told",
            plan.concerns().stream()
                .map(each -> each.type() + ": " + each.reason().sentence())
                .toList()),
        new Section("not known", plan.basis()));
  }

  /** The lines of a plan; the first is what it is for, the second what comes of it. */
  public static List<String> lines(PipelinePlan plan) {
    var lines = new ArrayList<>(List.of(plan.pipeline(), plan.headline()));
    for (var section : sections(plan)) {
      if (!section.lines().isEmpty()) {
        lines.add("");
        lines.add(section.title());
        section.lines().forEach(each -> lines.add("  " + each));
      }
    }
    return lines;
  }

  /** The same as a comment on a pull request. */
  public static List<String> markdown(PipelinePlan plan) {
    var lines = new ArrayList<String>();
    lines.add("### " + PlanMarkdown.escaped(plan.pipeline()));
    lines.add("");
    lines.add("**" + PlanMarkdown.escaped(plan.headline()) + "**");
    sections(plan).forEach(each -> PlanMarkdown.list(each.title(), each.lines(), lines));
    return lines;
  }

  static ObjectNode json(PipelinePlan plan) {
    var json =
        JsonNodeFactory.instance
            .objectNode()
            .put("pipeline", plan.pipeline())
            .put("outcome", plan.outcome().toString())
            .put("reason", plan.verdict().reason().code())
            .put("sentence", plan.headline());
    plan.demand()
        .ifPresent(
            each ->
                json.putObject("demand")
                    .put("utility", each.utility().toString())
                    .put("because", each.because().sentence()));
    plan.creates().forEach(json.putArray("make")::add);
    plan.changes().forEach(json.putArray("change")::add);
    PlanJson.refusals(json.putArray("refusedBy"), plan.refusals());
    var concerns = json.putArray("conditions");
    for (var each : plan.concerns()) {
      concerns
          .addObject()
          .put("type", each.type())
          .put("reason", each.reason().code())
          .put("message", each.reason().sentence());
    }
    plan.basis().forEach(json.putArray("basis")::add);
    return json;
  }
}
