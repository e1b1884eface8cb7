package dev.caretaker.pipeline.guard;

import dev.caretaker.kernel.Refusal;
import java.util.Optional;

/** No older resource names the same queue, table or program; two would undo each other's work. */
public final class NobodyElseOwnsIt implements ChangeRule {
  @Override
  public Optional<Refusal> against(ChangeQuestion question) {
    var others = question.situation().view().otherOwners();
    if (others.isEmpty()) {
      return Optional.empty();
    }
    return refuse(
        others.get(0),
        String.join(", ", others) + " names the same queue, table or program and is older",
        "delete one of them, or give this one names of its own");
  }
}
