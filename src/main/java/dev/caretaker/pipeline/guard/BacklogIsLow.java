package dev.caretaker.pipeline.guard;

import dev.caretaker.kernel.Refusal;
import dev.caretaker.pipeline.action.PipelineAction.SendObjects;
import dev.caretaker.pipeline.model.Backfill;
import dev.caretaker.pipeline.model.QueueView;
import java.util.Optional;

/** What shall be worked on once more waits until the new has been worked on. */
public final class BacklogIsLow implements ChangeRule {
  @Override
  public Optional<Refusal> against(ChangeQuestion question) {
    if (!(question.action() instanceof SendObjects send)) {
      return Optional.empty();
    }
    var situation = question.situation();
    var most = situation.policy().backfill().map(Backfill::onlyBelow).orElse(0);
    var backlog = situation.view().queue().ifKnown().flatMap(each -> each).map(QueueView::backlog);
    return backlog.filter(each -> each <= most).isPresent()
        ? Optional.empty()
        : refuse(
            send.queue().value(),
            backlog.map(each -> each + " messages wait").orElse("the queue could not be read")
                + ", and a backfill goes on below "
                + most,
            "wait, or raise spec.backfill.onlyBelow");
  }
}
