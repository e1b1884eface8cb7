package dev.caretaker.fleet.guard;

import dev.caretaker.kernel.Refusal;
import java.util.List;
import java.util.Optional;

/** Only a machine that carries the fleet's own tags is given back; a stranger is reported. */
public final class MachineIsOurs implements RemovalRule {
  @Override
  public Optional<Refusal> against(RemovalQuestion question) {
    if (question.member().ours()) {
      return Optional.empty();
    }
    return Optional.of(
        new Refusal(
            name(),
            question.member().id() + " does not carry the tags of this fleet",
            List.of(question.member().id().value()),
            "its owner"));
  }
}
