package dev.caretaker.plan;

import dev.caretaker.kernel.Condition;
import dev.caretaker.kernel.Refusal;
import dev.caretaker.kernel.Verdict;
import dev.caretaker.pipeline.demand.PipelineDemand;
import java.util.List;
import java.util.Optional;

/**
 * What a pipeline would change, as far as can be seen now.
 *
 * @param pipeline what the plan is for, for people: {@code namespace/name in us-west-2}
 * @param verdict what the first decision comes to
 * @param refusals what speaks against all of it, with what would lift each
 * @param creates what would be made, one sentence each
 * @param changes what would be brought to what the spec says
 * @param demand what the fleet would be asked for, once it is known
 * @param concerns conditions that tell of a trouble, as the status would have them
 * @param basis what could not be read, or is taken for granted
 */
public record PipelinePlan(
    String pipeline,
    Verdict verdict,
    List<Refusal> refusals,
    List<String> creates,
    List<String> changes,
    Optional<PipelineDemand> demand,
    List<Condition> concerns,
    List<String> basis) {
  public PipelinePlan {
    refusals = List.copyOf(refusals);
    creates = List.copyOf(creates);
    changes = List.copyOf(changes);
    concerns = List.copyOf(concerns);
    basis = List.copyOf(basis);
  }

  public Plan.Outcome outcome() {
    if (!refusals.isEmpty()) {
      return Plan.Outcome.BLOCKED;
    }
    return creates.isEmpty() && changes.isEmpty()
        ? Plan.Outcome.NOTHING_TO_DO
        : Plan.Outcome.CHANGES;
  }

  /** What comes of it, in one sentence. */
  public String headline() {
    return switch (outcome()) {
      case BLOCKED -> "Blocked: " + refusals.get(0).sentence();
      case NOTHING_TO_DO -> "Nothing to make or to change: " + verdict.reason().sentence();
      case CHANGES -> "%d to make, %d to change".formatted(creates.size(), changes.size());
    };
  }
}
