package dev.caretaker.plan;

import java.util.ArrayList;
import java.util.List;

/** A plan as a comment on a pull request. */
public final class PlanMarkdown {
  private PlanMarkdown() {}

  /** The lines of a plan; the first is a heading. */
  public static List<String> lines(Plan plan, int shown) {
    var lines = new ArrayList<String>();
    lines.add("### " + escaped(plan.cluster()));
    lines.add("");
    lines.add("**" + escaped(PlanWords.headline(plan)) + "**");
    list("Refused by", plan.refusals().stream().map(PlanWords::refusal).toList(), lines);
    if (!plan.steps().isEmpty()) {
      table(plan, shown, lines);
    }
    list("Then refused by", plan.later().stream().map(PlanWords::refusal).toList(), lines);
    list("Holds meanwhile", PlanWords.holds(plan), lines);
    list("Accepted risks", plan.accepted(), lines);
    if (!plan.steps().isEmpty()) {
      list("Durations", plan.basis(), lines);
      lines.add("");
      lines.add("Plan `" + plan.hash() + "`");
    }
    return lines;
  }

  private static void table(Plan plan, int shown, List<String> lines) {
    lines.add("");
    lines.add("| # | | nodes | zone | before | frozen | takes |");
    lines.add("|--:|---|---|---|---|--:|--:|");
    var steps = plan.steps().subList(0, Math.min(shown, plan.steps().size()));
    for (int i = 0; i < steps.size(); i++) {
      var step = steps.get(i);
      lines.add(
          "| %d | %s | %s | %s | %s | %s | %s |"
              .formatted(
                  i + 1,
                  PlanWords.doing(step),
                  escaped(String.join(", ", step.nodes())),
                  escaped(String.join(", ", step.zones())),
                  escaped(PlanWords.before(step)),
                  PlanWords.time(step.frozen()),
                  PlanWords.time(step.takes())));
    }
    int more = plan.steps().size() - steps.size();
    if (more > 0) {
      lines.add("");
      lines.add("… and %d more (`--until-done`)".formatted(more));
    }
  }

  static void list(String title, List<String> sentences, List<String> lines) {
    if (!sentences.isEmpty()) {
      lines.add("");
      lines.add(title + ":");
      lines.add("");
      sentences.forEach(sentence -> lines.add("- " + escaped(sentence)));
    }
  }

  static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("*", "\\*").replace("<", "&lt;");
  }
}
