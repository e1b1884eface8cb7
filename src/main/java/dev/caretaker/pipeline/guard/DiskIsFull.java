package dev.caretaker.pipeline.guard;

import dev.caretaker.kernel.Refusal;
import dev.caretaker.pipeline.action.PipelineAction;
import dev.caretaker.pipeline.action.PipelineAction.RemoveFiles;
import dev.caretaker.pipeline.action.PipelineAction.StopProgram;
import java.util.Optional;

/** Files go only where the disk is known to be fuller than the spec allows, and only named ones. */
public final class DiskIsFull implements ChangeRule {
  @Override
  public Optional<Refusal> against(ChangeQuestion question) {
    if (!(question.action() instanceof RemoveFiles remove)) {
      return Optional.empty();
    }
    var situation = question.situation();
    var care = situation.policy().disk();
    var seen = situation.crew().find(remove.worker().id()).flatMap(each -> each.view().ifKnown());
    boolean full =
        care.isPresent()
            && care.get().remove().containsAll(remove.paths())
            && seen.isPresent()
            && seen.get().startedAt().isPresent()
            && question.batch().stream().noneMatch(each -> stops(each, remove))
            && seen.get().diskUsed().orElse(0) > care.get().above();
    return full
        ? Optional.empty()
        : refuse(
            remove.worker().id().value(),
            "the disk of "
                + remove.worker().id()
                + " was not seen to be full, with a program running",
            "wait until the machine answers");
  }

  /** Once it has stopped, nobody can tell which files it still needs. */
  private static boolean stops(PipelineAction action, RemoveFiles remove) {
    return action instanceof StopProgram stop && stop.worker().id().equals(remove.worker().id());
  }
}
