package dev.caretaker.pipeline.guard;

import dev.caretaker.kernel.Refusal;
import dev.caretaker.pipeline.action.PipelineAction.CreateIndex;
import dev.caretaker.pipeline.table.Shelf;
import java.util.Optional;

/** An index is made once its template is in force: it cannot get another mapping later. */
public final class TemplateIsInForce implements ChangeRule {
  @Override
  public Optional<Refusal> against(ChangeQuestion question) {
    if (!(question.action() instanceof CreateIndex create)) {
      return Optional.empty();
    }
    boolean there =
        question.situation().shelf(create.table().alias()).filter(Shelf::hasTemplate).isPresent();
    return there
        ? Optional.empty()
        : refuse(
            create.index(),
            "the template of " + create.table().alias() + " was not seen in force",
            "wait until it is");
  }
}
