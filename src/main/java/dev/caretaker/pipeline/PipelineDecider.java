package dev.caretaker.pipeline;

import dev.caretaker.kernel.Condition;
import dev.caretaker.kernel.Reason;
import dev.caretaker.kernel.Verdict;
import dev.caretaker.pipeline.action.PipelineOutcome;
import dev.caretaker.pipeline.guard.PipelineRules;
import dev.caretaker.pipeline.model.PipelineView;
import dev.caretaker.pipeline.policy.PipelinePolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Decides what a pipeline changes: its queue, its tables, its workers, and what it asks for. */
public final class PipelineDecider {
  private final PipelineRules rules;

  public PipelineDecider(PipelineRules rules) {
    this.rules = rules;
  }

  /**
   * Decides.
   *
   * @param outcomes what came of the actions since the last decision
   */
  public PipelineDecision decide(
      PipelinePolicy policy,
      PipelineView view,
      PipelineProgress progress,
      Collection<PipelineOutcome> outcomes,
      Instant now) {
    var reason = new Reason("Looking", rules.names().size() + " rules, and nothing is changed yet");
    var summary =
        new PipelineSummary(
            view.queue().ifKnown().flatMap(each -> each),
            OptionalLong.empty(),
            Optional.empty(),
            false,
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            PipelineSummary.Workers.NONE,
            List.of(),
            Stage.LOOKING.word(),
            OptionalLong.empty());
    return new PipelineDecision(
        progress,
        Verdict.waiting(reason, Duration.ofSeconds(15)),
        List.of(),
        List.of(Condition.unknown("Ready", reason.code(), reason.sentence())),
        summary,
        false);
  }
}
