package dev.caretaker.plan;

import dev.caretaker.elastic.policy.PlanCover;
import dev.caretaker.kernel.Reason;
import dev.caretaker.kernel.Refusal;
import dev.caretaker.kernel.Verdict;
import java.time.Duration;
import java.util.List;

/**
 * What a wish would do to a cluster, from the view it was made from to its end.
 *
 * @param cluster what the plan is for, for people: {@code namespace/name on elasticsearch 8.19.21}
 * @param wish what was asked, as {@link dev.caretaker.elastic.policy.EsPolicy#request} says it
 * @param now what the next decision comes to
 * @param reason of that decision
 * @param refusals guards that speak against going on now, with what would lift each
 * @param steps in their order
 * @param later guards that would stop the wish after those steps; empty where it comes to its end
 * @param accepted risks that the spec accepts by name, one sentence each
 * @param basis what the durations rest on, one sentence each
 */
public record Plan(
    String cluster,
    String wish,
    Verdict.Kind now,
    Reason reason,
    List<Refusal> refusals,
    List<PlanStep> steps,
    List<Refusal> later,
    List<String> accepted,
    List<String> basis) {
  public Plan {
    refusals = List.copyOf(refusals);
    steps = List.copyOf(steps);
    later = List.copyOf(later);
    accepted = List.copyOf(accepted);
    basis = List.copyOf(basis);
  }

  /** What comes of running it now; {@link #exitCode} tells it to programs. */
  public enum Outcome {
    NOTHING_TO_DO(0),
    CHANGES(2),
    BLOCKED(3);

    private final int exitCode;

    Outcome(int exitCode) {
      this.exitCode = exitCode;
    }

    public int exitCode() {
      return exitCode;
    }
  }

  public Outcome outcome() {
    if (now == Verdict.Kind.BLOCKED || (steps.isEmpty() && !later.isEmpty())) {
      return Outcome.BLOCKED;
    }
    return steps.isEmpty() && now == Verdict.Kind.SETTLED ? Outcome.NOTHING_TO_DO : Outcome.CHANGES;
  }

  /** From now until the last step is done. */
  public Duration takes() {
    return steps.stream().map(PlanStep::takes).reduce(Duration.ZERO, Duration::plus);
  }

  /** Names what a person approves: the wish, the sets, their shelter, the accepted risks. */
  public String hash() {
    return cover().hash();
  }

  /** What a person approves. */
  public PlanCover cover() {
    var covered = steps.stream().map(PlanStep::covered).toList();
    return new PlanCover(PlanHash.of(wish, covered, accepted), wish, covered, accepted);
  }
}
