package dev.caretaker.pipeline.guard;

import dev.caretaker.kernel.Refusal;
import dev.caretaker.pipeline.action.PipelineAction.RunTrial;
import dev.caretaker.pipeline.action.PipelineAction.StartProgram;
import dev.caretaker.pipeline.table.Shelf;
import java.util.Optional;

/** Workers and trials write only once every table is there: else the engine guesses its mapping. */
public final class TablesAreEstablished implements ChangeRule {
  @Override
  public Optional<Refusal> against(ChangeQuestion question) {
    if (!(question.action() instanceof StartProgram) && !(question.action() instanceof RunTrial)) {
      return Optional.empty();
    }
    for (var table : question.situation().policy().tables()) {
      var shelf = question.situation().shelf(table.alias());
      if (shelf.filter(Shelf::isEstablished).isEmpty()) {
        return refuse(
            table.alias().value(),
            "the alias " + table.alias() + " was not seen to write to an index",
            "wait until the table is established");
      }
    }
    return Optional.empty();
  }
}
