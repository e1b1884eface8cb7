package dev.caretaker.pipeline.guard;

import dev.caretaker.kernel.Refusal;
import dev.caretaker.pipeline.action.PipelineAction.StopProgram;
import dev.caretaker.pipeline.guard.ChangeQuestion.Cause;
import dev.caretaker.pipeline.model.Code;
import dev.caretaker.pipeline.model.WorkerId;
import dev.caretaker.pipeline.model.WorkerView;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A machine that is in the middle of much work keeps its program for a while; one whose load nobody
 * knows may be busy.
 */
public final class BusyAreSpared implements ChangeRule {
  @Override
  public Optional<Refusal> against(ChangeQuestion question) {
    var situation = question.situation();
    var above = situation.policy().code().map(Code::spareAboveCpu).orElse(OptionalDouble.empty());
    if (above.isEmpty()
        || question.because() != Cause.UPDATE
        || !(question.action() instanceof StopProgram stop)) {
      return Optional.empty();
    }
    var id = stop.worker().id();
    var cpu = cpu(situation, id);
    if (cpu <= above.getAsDouble() || isOver(situation, id)) {
      return Optional.empty();
    }
    return refuse(
        id.value(),
        id + " is busy: " + Math.round(100 * cpu) + " % of its processors",
        "time: it is updated all the same after spec.code.update.spareFor");
  }

  private static double cpu(Situation situation, WorkerId id) {
    return situation
        .crew()
        .find(id)
        .flatMap(worker -> worker.view().ifKnown())
        .map(WorkerView::cpu)
        .orElse(OptionalDouble.empty())
        .orElse(1);
  }

  private static boolean isOver(Situation situation, WorkerId id) {
    var since = situation.sparedSince().get(id);
    return since != null
        && situation
            .policy()
            .code()
            .filter(code -> !since.plus(code.spareFor()).isAfter(situation.now()))
            .isPresent();
  }
}
