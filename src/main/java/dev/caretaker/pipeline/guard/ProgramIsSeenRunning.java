package dev.caretaker.pipeline.guard;

import dev.caretaker.kernel.Refusal;
import dev.caretaker.pipeline.action.PipelineAction.StopProgram;
import dev.caretaker.pipeline.crew.Worker;
import dev.caretaker.pipeline.model.WorkerView;
import java.util.Optional;

/** A program is stopped only where it was seen to run, and only that run of it. */
public final class ProgramIsSeenRunning implements PipelineRule {
  @Override
  public Optional<Refusal> against(ChangeQuestion question) {
    if (!(question.action() instanceof StopProgram stop)) {
      return Optional.empty();
    }
    boolean seen =
        question
            .situation()
            .crew()
            .find(stop.worker().id())
            .filter(Worker::runs)
            .flatMap(worker -> worker.view().ifKnown())
            .flatMap(WorkerView::incarnation)
            .filter(stop.incarnation()::equals)
            .isPresent();
    return seen
        ? Optional.empty()
        : refuse(
            stop.worker().id().value(),
            "this run of the program was not seen on " + stop.worker().id(),
            "wait until the machine answers");
  }
}
