package dev.caretaker.plan;

import dev.caretaker.kernel.Condition;
import java.util.ArrayList;
import java.util.List;

/** A fleet's plan for people: each purchase and each removal with its arithmetic. */
public final class FleetPlanText {
  private FleetPlanText() {}

  /** A part of a plan: what its lines are, and the lines. */
  private record Section(String title, List<String> lines) {}

  private static List<Section> sections(FleetPlan plan) {
    var leaves = new ArrayList<String>();
    for (var each : plan.leaves()) {
      leaves.add((each.atOnce() ? "" : "first its cluster is asked: ") + sentence(each));
    }
    return List.of(
        new Section("refused by", plan.refusals().stream().map(PlanWords::refusal).toList()),
        new Section("buy", plan.buys().stream().map(each -> each.because().sentence()).toList()),
        new Section("give back", leaves),
        new Section("told", plan.concerns().stream().map(FleetPlanText::concern).toList()),
        new Section("taken for granted", plan.basis()));
  }

  private static String sentence(FleetPlan.Leave leave) {
    return leave.because().sentence();
  }

  private static String concern(Condition condition) {
    return condition.type() + ": " + condition.reason().sentence();
  }

  /** The lines of a plan; the first is what it is for, the second what comes of it. */
  public static List<String> lines(FleetPlan plan) {
    var lines = new ArrayList<>(List.of(plan.fleet(), plan.headline()));
    for (var section : sections(plan)) {
      if (!section.lines().isEmpty()) {
        lines.add("");
        lines.add(section.title());
        section.lines().forEach(each -> lines.add("  " + each));
      }
    }
    lines.add("");
    lines.add("now   " + plan.numbers(plan.now()));
    lines.add("then  " + plan.numbers(plan.then()));
    return lines;
  }

  /** The same as a comment on a pull request. */
  public static List<String> markdown(FleetPlan plan) {
    var lines = new ArrayList<String>();
    lines.add("### " + PlanMarkdown.escaped(plan.fleet()));
    lines.add("");
    lines.add("**" + PlanMarkdown.escaped(plan.headline()) + "**");
    for (var section : sections(plan)) {
      PlanMarkdown.list(section.title(), section.lines(), lines);
    }
    PlanMarkdown.list(
        "Machines",
        List.of("now: " + plan.numbers(plan.now()), "then: " + plan.numbers(plan.then())),
        lines);
    return lines;
  }
}
