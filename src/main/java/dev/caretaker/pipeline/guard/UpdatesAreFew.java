package dev.caretaker.pipeline.guard;

import dev.caretaker.kernel.Refusal;
import dev.caretaker.pipeline.action.PipelineAction.UpdateCode;
import dev.caretaker.pipeline.crew.Worker;
import dev.caretaker.pipeline.model.WorkerId;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * At most so many machines are updated together as the spec says. Those that have just joined
 * disturb nobody, since they do no work yet: they do not wait for the others, nor the others for
 * them, and ten of them at least get their code together.
 */
public final class UpdatesAreFew implements ChangeRule {
  /** As many as the spec says by default, so that their repository serves them. */
  private static final int NEW_TOGETHER = 10;

  @Override
  public Optional<Refusal> against(ChangeQuestion question) {
    if (!(question.action() instanceof UpdateCode update)) {
      return Optional.empty();
    }
    var id = update.worker().id();
    var situation = question.situation();
    boolean joins = isNew(situation, id);
    int most = joins ? Math.max(NEW_TOGETHER, update.code().atOnce()) : update.code().atOnce();
    long begun =
        begun(question).stream()
            .filter(each -> !each.equals(id) && isNew(situation, each) == joins)
            .count();
    return begun < most
        ? Optional.empty()
        : refuse(
            id.value(),
            begun + " machines are being updated",
            "wait for them, or raise spec.code.update.atOnce");
  }

  private static boolean isNew(Situation situation, WorkerId id) {
    return situation.crew().find(id).filter(Worker::isNew).isPresent();
  }

  private static Set<WorkerId> begun(ChangeQuestion question) {
    var begun =
        question.batch().stream()
            .filter(UpdateCode.class::isInstance)
            .map(each -> ((UpdateCode) each).worker().id())
            .collect(Collectors.toSet());
    question.situation().crew().all().stream()
        .filter(each -> isUpdated(each, question.situation()))
        .forEach(each -> begun.add(each.id()));
    return begun;
  }

  /** A program that runs has an end of its update behind it, whatever is remembered. */
  private static boolean isUpdated(Worker worker, Situation situation) {
    return worker.isOccupied() || (!worker.runs() && situation.begun().contains(worker.id()));
  }
}
