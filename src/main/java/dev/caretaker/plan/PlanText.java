package dev.caretaker.plan;

import java.util.ArrayList;
import java.util.List;

/** A plan for a terminal, at three in the morning. */
public final class PlanText {
  private PlanText() {}

  /**
   * The lines of a plan; the first is what it is for, the second what comes of it.
   *
   * @param steps how many are shown, one alone with its moves; the others are counted
   */
  public static List<String> lines(Plan plan, int steps) {
    var lines = new ArrayList<String>();
    lines.add(plan.cluster());
    lines.add(PlanWords.headline(plan));
    plan.refusals().forEach(each -> lines.add("  refused by " + PlanWords.refusal(each)));
    if (!plan.steps().isEmpty()) {
      lines.add("");
      table(plan, steps, lines);
    }
    section("then refused by", plan.later().stream().map(PlanWords::refusal).toList(), lines);
    section("holds meanwhile", PlanWords.holds(plan), lines);
    section("accepted", plan.accepted(), lines);
    if (!plan.steps().isEmpty()) {
      section("durations", plan.basis(), lines);
      lines.add("");
      lines.add("plan " + plan.hash());
    }
    return lines;
  }

  private static void table(Plan plan, int shown, List<String> lines) {
    var steps = plan.steps().subList(0, Math.min(shown, plan.steps().size()));
    int nodes = width("nodes", steps.stream().map(PlanText::nodes).toList());
    int zones = width("zone", steps.stream().map(PlanText::zones).toList());
    int before = width("before", steps.stream().map(PlanWords::before).toList());
    var format = "%3s  %-6s  %-" + nodes + "s  %-" + zones + "s  %-" + before + "s  %8s  %s";
    lines.add(format.formatted("#", "", "nodes", "zone", "before", "frozen", "takes"));
    for (int i = 0; i < steps.size(); i++) {
      var step = steps.get(i);
      lines.add(
          format.formatted(
              i + 1,
              PlanWords.doing(step),
              nodes(step),
              zones(step),
              PlanWords.before(step),
              step.frozen().isZero() ? "-" : PlanWords.time(step.frozen()),
              PlanWords.time(step.takes())));
      if (shown == 1) {
        step.moves().forEach(move -> lines.add("       " + move(move)));
      }
    }
    int more = plan.steps().size() - steps.size();
    if (more > 0) {
      lines.add("     and %d more; --until-done shows them".formatted(more));
    }
  }

  static String move(PlanStep.Move move) {
    return "%s  %s > %s  %s".formatted(move.shard(), move.from(), move.to(), move.bytes());
  }

  private static String nodes(PlanStep step) {
    return String.join(", ", step.nodes());
  }

  private static String zones(PlanStep step) {
    return String.join(", ", step.zones());
  }

  private static int width(String title, List<String> texts) {
    return texts.stream().mapToInt(String::length).reduce(title.length(), Math::max);
  }

  private static void section(String title, List<String> sentences, List<String> lines) {
    if (!sentences.isEmpty()) {
      lines.add("");
      lines.add(title);
      sentences.forEach(sentence -> lines.add("  " + sentence));
    }
  }
}
