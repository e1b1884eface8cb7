package dev.caretaker.pipeline.guard;

import dev.caretaker.kernel.Refusal;
import dev.caretaker.pipeline.action.PipelineAction.DeleteQueue;
import java.util.Optional;

/** A queue that goes was seen to hold no message. */
public final class QueueIsEmpty implements PipelineRule {
  @Override
  public Optional<Refusal> against(ChangeQuestion question) {
    if (!(question.action() instanceof DeleteQueue delete)) {
      return Optional.empty();
    }
    var situation = question.situation();
    boolean main = delete.queue().equals(situation.policy().queue().name());
    var read = main ? situation.view().queue() : situation.view().deadLetter();
    boolean empty =
        read.ifKnown().flatMap(each -> each).filter(each -> each.backlog() == 0).isPresent();
    return empty
        ? Optional.empty()
        : refuse(
            delete.queue().value(),
            delete.queue() + " was not seen empty",
            "let its messages be worked on, or delete it by hand");
  }
}
