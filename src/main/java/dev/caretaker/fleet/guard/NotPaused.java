package dev.caretaker.fleet.guard;

import dev.caretaker.kernel.Refusal;
import java.util.List;
import java.util.Optional;

/** Nobody has paused the fleet. */
public final class NotPaused implements PurchaseRule, RemovalRule {
  @Override
  public boolean allows(PurchaseQuestion question) {
    return !question.policy().paused();
  }

  @Override
  public String refusal(Situation situation) {
    return "wait: spec.paused is true";
  }

  @Override
  public String liftedBy(Situation situation) {
    return "set spec.paused to false";
  }

  @Override
  public Optional<Refusal> against(RemovalQuestion question) {
    if (!question.policy().paused()) {
      return Optional.empty();
    }
    return Optional.of(
        new Refusal(
            name(),
            "spec.paused is true: no machine is bought or given back",
            List.of(),
            liftedBy(question.situation())));
  }
}
