package dev.caretaker.pipeline.guard;

import dev.caretaker.kernel.Refusal;
import dev.caretaker.pipeline.action.PipelineAction.WriteTo;
import dev.caretaker.pipeline.table.IndexName;
import java.util.Optional;

/** An alias goes to an index that is there, of the present period, and never back. */
public final class WritingMovesForward implements PipelineRule {
  @Override
  public Optional<Refusal> against(ChangeQuestion question) {
    if (!(question.action() instanceof WriteTo write)) {
      return Optional.empty();
    }
    var situation = question.situation();
    var shelf = situation.shelf(write.alias());
    var name = IndexName.read(write.alias(), write.index());
    boolean forward =
        shelf.isPresent()
            && name.isPresent()
            && shelf.get().has(write.index())
            && !name.get().begin().isAfter(situation.now())
            && shelf.get().written().filter(now -> now.compareTo(name.get()) >= 0).isEmpty();
    return forward
        ? Optional.empty()
        : refuse(
            write.index(),
            write.index() + " is not there, has not begun, or is older than what is written to",
            "time");
  }
}
