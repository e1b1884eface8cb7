package dev.caretaker.pipeline.guard;

import dev.caretaker.kernel.Refusal;
import dev.caretaker.pipeline.action.PipelineAction.DeleteIndex;
import dev.caretaker.pipeline.table.IndexName;
import java.util.Optional;

/** What is deleted carries the alias, has the name of a period, and is the very index seen. */
public final class IndexIsTheTables implements ChangeRule {
  @Override
  public Optional<Refusal> against(ChangeQuestion question) {
    if (!(question.action() instanceof DeleteIndex delete)) {
      return Optional.empty();
    }
    boolean ours =
        IndexName.read(delete.alias(), delete.index()).isPresent()
            && question
                .situation()
                .shelf(delete.alias())
                .flatMap(shelf -> shelf.find(delete.index()))
                .filter(index -> index.uuid().equals(delete.uuid()))
                .isPresent();
    return ours
        ? Optional.empty()
        : refuse(
            delete.index(),
            delete.index() + " was not seen as an index of " + delete.alias(),
            "delete it by hand, where it shall go");
  }
}
