package dev.caretaker.pipeline;

import dev.caretaker.kernel.Reason;
import dev.caretaker.pipeline.action.PipelineOutcome;
import dev.caretaker.pipeline.crew.Crew;
import dev.caretaker.pipeline.guard.PipelineRules;
import dev.caretaker.pipeline.guard.Situation;
import dev.caretaker.pipeline.model.PipelineView;
import dev.caretaker.pipeline.policy.PipelinePolicy;
import java.time.Instant;
import java.util.Collection;

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
    var remembering = new Remembering(progress, now);
    remembering.heard(outcomes);
    var crew = Crew.of(policy, view, remembering.restarted());
    remembering.keep(crew);
    var situation =
        new Situation(
            policy,
            view,
            crew,
            remembering.sparedSince,
            remembering.begun(crew),
            remembering.quiet,
            now);
    remembering.watch(situation);
    Backfilling.keep(situation, remembering);
    var course = new Course(rules, situation, remembering);
    boolean ended = policy.deleting() && new Ending(course, crewCare(course)).done();
    var step = remembering.enter(policy.deleting() ? Stage.ENDING : stage(course));
    var wanting = new Wanting(situation);
    var before = remembering.flow.asked();
    var flow = wanting.flow(remembering);
    wanting
        .demand(flow, step.stage())
        .ifPresent(
            asked -> remembering.flow = flow.memory().havingAsked(asked.utility(), before, now));
    remembering.keepFailures(course.wanted());
    return new PipelineAnswers(course, step, flow).decision(ended);
  }

  private static CrewCare crewCare(Course course) {
    return new CrewCare(course, new Updating(course));
  }

  private static Stage stage(Course course) {
    var others = course.situation.view().otherOwners();
    if (!others.isEmpty()) {
      course.trouble(
          new Reason(
              "OwnedByAnother",
              String.join(", ", others)
                  + " names the same queue, table or program and is older: nothing is done here;"
                  + " delete one of them, or give this one names of its own"));
    }
    var updating = new Updating(course);
    var crew = new CrewCare(course, updating);
    var stage = new Introducing(course, crew, updating).stage();
    if (stage == Stage.RELEASING || stage == Stage.SETTLED) {
      new TableCare(course).establish();
      crew.tend();
    } else if (stage != Stage.ESTABLISHING) {
      new TableCare(course).tend();
    }
    if (stage == Stage.SETTLED) {
      new Backfilling(course).go();
    }
    return stage;
  }
}
