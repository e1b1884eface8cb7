package dev.caretaker.pipeline.guard;

import dev.caretaker.kernel.Refusal;
import dev.caretaker.pipeline.action.PipelineAction.OnWorker;
import dev.caretaker.pipeline.action.PipelineAction.StopProgram;
import java.util.Optional;

/** Nothing but a stop is done on machines that are not ours by the present sharing. */
public final class MachineIsAssigned implements ChangeRule {
  @Override
  public Optional<Refusal> against(ChangeQuestion question) {
    if (!(question.action() instanceof OnWorker change) || change instanceof StopProgram) {
      return Optional.empty();
    }
    boolean ours =
        question.situation().crew().find(change.worker().id()).stream()
            .anyMatch(worker -> worker.host().assigned());
    return ours
        ? Optional.empty()
        : refuse(
            change.worker().id().value(),
            change.worker().id() + " is not assigned to this pipeline",
            "wait until the fleet has more machines");
  }
}
