package dev.caretaker.pipeline.guard;

import dev.caretaker.kernel.Refusal;
import dev.caretaker.pipeline.action.PipelineAction.DeleteIndex;
import java.util.Optional;

/** What is deleted is not written to, and its whole period is older than what is kept. */
public final class PeriodIsPast implements ChangeRule {
  @Override
  public Optional<Refusal> against(ChangeQuestion question) {
    if (!(question.action() instanceof DeleteIndex delete)) {
      return Optional.empty();
    }
    boolean past =
        question
            .situation()
            .shelf(delete.alias())
            .flatMap(shelf -> shelf.find(delete.index()).filter(shelf::isExpired))
            .isPresent();
    return past
        ? Optional.empty()
        : refuse(
            delete.index(), delete.index() + " is within what is kept", "time, or a less keep");
  }
}
