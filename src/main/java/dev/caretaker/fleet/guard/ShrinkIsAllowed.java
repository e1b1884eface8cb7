package dev.caretaker.fleet.guard;

import dev.caretaker.fleet.policy.FleetPolicy.Shrink;
import dev.caretaker.kernel.Refusal;
import java.util.List;
import java.util.Optional;

/** Where the spec says never to shrink, no machine is given back to save money or risk. */
public final class ShrinkIsAllowed implements RemovalRule {
  @Override
  public Optional<Refusal> against(RemovalQuestion question) {
    if (question.policy().shrink() != Shrink.NEVER || !question.isChosen()) {
      return Optional.empty();
    }
    return Optional.of(
        new Refusal(
            name(),
            "spec.shrink is Never: " + question.member().id() + " stays",
            List.of(question.member().id().value()),
            "set spec.shrink to Drain"));
  }
}
