package dev.caretaker.pipeline.guard;

import dev.caretaker.kernel.Refusal;
import dev.caretaker.pipeline.action.PipelineAction.OnWorker;
import dev.caretaker.pipeline.action.PipelineAction.RunTrial;
import dev.caretaker.pipeline.action.PipelineAction.UpdateCode;
import dev.caretaker.pipeline.crew.Worker;
import dev.caretaker.pipeline.crew.Worker.Standing;
import java.util.Optional;

/** Code is changed, and a trial runs, only where neither the program nor a job runs. */
public final class NothingRunsThere implements PipelineRule {
  @Override
  public Optional<Refusal> against(ChangeQuestion question) {
    if (!(question.action() instanceof UpdateCode) && !(question.action() instanceof RunTrial)) {
      return Optional.empty();
    }
    var id = ((OnWorker) question.action()).worker().id();
    boolean free = question.situation().crew().find(id).stream().anyMatch(NothingRunsThere::isFree);
    return free
        ? Optional.empty()
        : refuse(id.value(), "something runs on " + id + ", or nobody knows", "wait until it ends");
  }

  private static boolean isFree(Worker worker) {
    return worker.is(Standing.BARE) || worker.is(Standing.READY) || worker.is(Standing.FAILED);
  }
}
