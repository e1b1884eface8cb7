package dev.caretaker.pipeline.guard;

import dev.caretaker.kernel.Refusal;
import dev.caretaker.pipeline.action.PipelineAction.StopProgram;
import dev.caretaker.pipeline.crew.Worker;
import dev.caretaker.pipeline.guard.ChangeQuestion.Cause;
import dev.caretaker.pipeline.model.WorkerView;
import java.util.Optional;

/**
 * An update takes at most as many machines down at once as the spec says, those that are down for
 * other reasons counted: bad code does not get further than that.
 */
public final class FewAreDown implements ChangeRule {
  @Override
  public Optional<Refusal> against(ChangeQuestion question) {
    var code = question.situation().policy().code();
    if (code.isEmpty()
        || question.because() != Cause.UPDATE
        || !(question.action() instanceof StopProgram stop)) {
      return Optional.empty();
    }
    var down = question.situation().crew().assigned().stream().filter(FewAreDown::isDown).count();
    var stopping = question.batch().stream().filter(StopProgram.class::isInstance).count();
    return down + stopping < code.get().atOnce()
        ? Optional.empty()
        : refuse(
            stop.worker().id().value(),
            (down + stopping)
                + " machines are down, and at most "
                + code.get().atOnce()
                + " may be",
            "wait for them, mend those that failed, or raise spec.code.update.atOnce");
  }

  /**
   * A machine that has just joined never worked, and so is not down before its first job failed.
   */
  private static boolean isDown(Worker worker) {
    return switch (worker.standing()) {
      case WORKING, OUTDATED -> false;
      case UNREAD, FAILED, READY -> true;
      case OCCUPIED -> !worker.isNew();
      case BARE -> !worker.isNew() || worker.view().ifKnown().flatMap(WorkerView::job).isPresent();
    };
  }
}
