package dev.caretaker.pipeline.guard;

import dev.caretaker.kernel.Refusal;
import dev.caretaker.pipeline.action.PipelineAction.RunTrial;
import dev.caretaker.pipeline.crew.Worker;
import java.util.Optional;

/** A trial runs while every worker is held, so that what it leaves is its own. */
public final class TrialIsAlone implements PipelineRule {
  @Override
  public Optional<Refusal> against(ChangeQuestion question) {
    if (!(question.action() instanceof RunTrial trial)) {
      return Optional.empty();
    }
    var crew = question.situation().crew();
    var others = crew.where(each -> !each.id().equals(trial.worker().id()) && !isHeld(each));
    return others.isEmpty() && crew.known()
        ? Optional.empty()
        : refuse(
            trial.worker().id().value(),
            "not every worker was seen to be stopped: "
                + others.stream().map(each -> each.id().value()).limit(5).toList(),
            "wait until they are, or terminate those that give no answer");
  }

  private static boolean isHeld(Worker worker) {
    return switch (worker.standing()) {
      case UNREAD, WORKING, OUTDATED -> false;
      case OCCUPIED, BARE, FAILED, READY -> true;
    };
  }
}
