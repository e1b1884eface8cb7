package dev.caretaker.pipeline.guard;

import dev.caretaker.kernel.Refusal;
import dev.caretaker.pipeline.action.PipelineAction.UpdateCode;
import dev.caretaker.pipeline.crew.Worker.Standing;
import java.util.Optional;

/** At most so many machines are updated together as the spec says. */
public final class UpdatesAreFew implements PipelineRule {
  @Override
  public Optional<Refusal> against(ChangeQuestion question) {
    if (!(question.action() instanceof UpdateCode update)) {
      return Optional.empty();
    }
    var busy = question.situation().crew().where(worker -> worker.is(Standing.OCCUPIED)).size();
    var begun = question.batch().stream().filter(UpdateCode.class::isInstance).count();
    return busy + begun < update.code().atOnce()
        ? Optional.empty()
        : refuse(
            update.worker().id().value(),
            (busy + begun) + " machines are being updated",
            "wait for them, or raise spec.code.update.atOnce");
  }
}
