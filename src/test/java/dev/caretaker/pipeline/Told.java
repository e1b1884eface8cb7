package dev.caretaker.pipeline;

import dev.caretaker.kernel.Condition;
import dev.caretaker.kernel.Condition.Truth;
import dev.caretaker.pipeline.action.PipelineAction;
import java.util.List;

/** What tests read in a decision. */
final class Told {
  private Told() {}

  static List<String> actions(PipelineDecision decision) {
    return decision.actions().stream().map(Subjects::of).toList();
  }

  static <T extends PipelineAction> List<T> all(PipelineDecision decision, Class<T> kind) {
    return decision.actions().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  static Condition condition(PipelineDecision decision, String type) {
    return decision.conditions().stream()
        .filter(each -> each.type().equals(type))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no condition " + type));
  }

  static boolean is(PipelineDecision decision, String type) {
    return condition(decision, type).truth() == Truth.TRUE;
  }

  static String sentence(PipelineDecision decision, String type) {
    return condition(decision, type).reason().sentence();
  }
}
