package dev.caretaker.plan;

import dev.caretaker.kernel.Bytes;
import dev.caretaker.kernel.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The sentences that every form of a plan is made of. */
public final class PlanWords {
  private PlanWords() {}

  /** How many steps and how long, or why there is none. */
  public static String headline(Plan plan) {
    var steps = plan.steps();
    return switch (plan.outcome()) {
      case NOTHING_TO_DO -> plan.reason().sentence();
      case BLOCKED -> "Blocked: " + plan.reason().sentence();
      case CHANGES ->
          steps.isEmpty()
              ? plan.reason().sentence()
              : "%d %s, about %s%s"
                  .formatted(
                      steps.size(),
                      steps.size() == 1 ? "step" : "steps",
                      time(plan.takes()),
                      plan.later().isEmpty() ? "" : ", then blocked");
    };
  }

  /** What happens before the nodes of a step are stopped, or instead. */
  public static String before(PlanStep step) {
    if (step.kind() == PlanStep.Kind.DRAIN) {
      return "%d copies leave, %s".formatted(step.leaves(), step.bytes());
    }
    var parts = new ArrayList<String>();
    if (!step.moves().isEmpty()) {
      var bytes = step.moves().stream().map(PlanStep.Move::bytes).reduce(Bytes.ZERO, Bytes::plus);
      int count = step.moves().size();
      parts.add("%d %s moved, %s".formatted(count, count == 1 ? "copy" : "copies", bytes));
    }
    if (!step.raised().isEmpty()) {
      var names = step.raised().stream().map(PlanStep.Raise::index).toList();
      parts.add("a replica more of %s, %s".formatted(String.join(", ", names), step.built()));
    }
    return parts.isEmpty() ? "all safe elsewhere" : String.join("; ", parts);
  }

  /** The verb of a step. */
  public static String doing(PlanStep step) {
    return switch (step.kind()) {
      case BOUNCE -> "bounce";
      case DRAIN -> "drain";
    };
  }

  /** A refusal with what lifts it. */
  public static String refusal(Refusal refusal) {
    return "%s: %s; to go on: %s"
        .formatted(refusal.guard(), refusal.sentence(), refusal.liftedBy());
  }

  static List<String> holds(Plan plan) {
    return plan.steps().stream()
        .flatMap(step -> step.holds().stream())
        .distinct()
        .sorted()
        .toList();
  }

  /** Two units at most: nobody reads seconds of an hour. */
  public static String time(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return seconds / 60 + " min" + rest(seconds % 60, "s");
    }
    return seconds < 86_400
        ? seconds / 3600 + " h" + rest(seconds % 3600 / 60, "min")
        : seconds / 86_400 + " d" + rest(seconds % 86_400 / 3600, "h");
  }

  private static String rest(long amount, String unit) {
    return amount == 0 ? "" : " " + amount + " " + unit;
  }
}
