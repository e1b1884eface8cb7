package dev.caretaker.pipeline.guard;

import dev.caretaker.kernel.Refusal;
import dev.caretaker.pipeline.action.PipelineAction.UpdateCode;
import dev.caretaker.pipeline.crew.Worker;
import java.util.Optional;
import java.util.stream.Collectors;

/** At most so many machines are updated together as the spec says. */
public final class UpdatesAreFew implements ChangeRule {
  @Override
  public Optional<Refusal> against(ChangeQuestion question) {
    if (!(question.action() instanceof UpdateCode update)) {
      return Optional.empty();
    }
    var id = update.worker().id();
    var begun =
        question.batch().stream()
            .filter(UpdateCode.class::isInstance)
            .map(each -> ((UpdateCode) each).worker().id())
            .collect(Collectors.toSet());
    question.situation().crew().all().stream()
        .filter(each -> isUpdated(each, question.situation()))
        .forEach(each -> begun.add(each.id()));
    begun.remove(id);
    return begun.size() < update.code().atOnce()
        ? Optional.empty()
        : refuse(
            id.value(),
            begun.size() + " machines are being updated",
            "wait for them, or raise spec.code.update.atOnce");
  }

  /** A program that runs has an end of its update behind it, whatever is remembered. */
  private static boolean isUpdated(Worker worker, Situation situation) {
    return worker.isOccupied() || (!worker.runs() && situation.begun().contains(worker.id()));
  }
}
