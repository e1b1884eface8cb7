package dev.caretaker.pipeline.guard;

import dev.caretaker.kernel.Refusal;
import dev.caretaker.pipeline.action.PipelineAction.CreateIndex;
import dev.caretaker.pipeline.action.PipelineAction.WriteTo;
import dev.caretaker.pipeline.model.TableName;
import dev.caretaker.pipeline.table.IndexName;
import dev.caretaker.pipeline.table.Shelf;
import java.util.Optional;

/**
 * An alias never goes back to an earlier period, neither when a clock was set back nor when the
 * periods become longer, and no index is made for that.
 */
public final class WritingMovesForward implements ChangeRule {
  @Override
  public Optional<Refusal> against(ChangeQuestion question) {
    if (question.action() instanceof CreateIndex create) {
      return against(question, create.table().alias(), create.index());
    }
    return question.action() instanceof WriteTo write
        ? against(question, write.alias(), write.index())
        : Optional.empty();
  }

  private Optional<Refusal> against(ChangeQuestion question, TableName alias, String index) {
    var written = question.situation().shelf(alias).flatMap(Shelf::written);
    var name = IndexName.read(alias, index);
    boolean back =
        name.isEmpty() || written.filter(now -> now.compareTo(name.get()) >= 0).isPresent();
    return back
        ? refuse(index, alias + " writes to a later index than " + index, "time")
        : Optional.empty();
  }
}
