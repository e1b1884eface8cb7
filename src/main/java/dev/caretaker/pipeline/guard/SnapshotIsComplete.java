package dev.caretaker.pipeline.guard;

import dev.caretaker.kernel.Refusal;
import dev.caretaker.pipeline.action.PipelineAction.DeleteIndex;
import java.util.Optional;

/**
 * Where a snapshot is asked for, what is deleted is in one that was begun after its period, and
 * after the alias had its time to go on: until then documents come.
 */
public final class SnapshotIsComplete implements ChangeRule {
  @Override
  public Optional<Refusal> against(ChangeQuestion question) {
    if (!(question.action() instanceof DeleteIndex delete)) {
      return Optional.empty();
    }
    var shelf = question.situation().shelf(delete.alias());
    var repository = shelf.flatMap(each -> each.table().snapshot());
    if (repository.isEmpty()) {
      return Optional.empty();
    }
    var index = shelf.flatMap(each -> each.find(delete.index()));
    var end = index.map(shelf.get()::periodEnd);
    var snapshot = index.flatMap(each -> each.snapshotAt().ifKnown()).flatMap(each -> each);
    return end.isPresent() && snapshot.filter(at -> !at.isBefore(end.get())).isPresent()
        ? Optional.empty()
        : refuse(
            delete.index(),
            "no snapshot of "
                + delete.index()
                + " that was begun after its period is known in "
                + repository.get(),
            "take a snapshot of it into " + repository.get());
  }
}
