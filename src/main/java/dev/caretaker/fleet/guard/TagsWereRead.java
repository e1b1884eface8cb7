package dev.caretaker.fleet.guard;

import dev.caretaker.kernel.Refusal;
import java.util.List;
import java.util.Optional;

/**
 * After a lost status nothing is bought, and nothing given back for money, before the tags were
 * read and everything that was asked for has become visible.
 */
public final class TagsWereRead implements PurchaseRule, RemovalRule {
  @Override
  public boolean allows(PurchaseQuestion question) {
    return question.situation().hasSettled();
  }

  @Override
  public String refusal(Situation situation) {
    return "wait until " + situation.settledAt() + ", when all that was ever asked for is visible";
  }

  @Override
  public String liftedBy(Situation situation) {
    return "time";
  }

  @Override
  public Optional<Refusal> against(RemovalQuestion question) {
    var situation = question.situation();
    if (situation.hasSettled() || !question.isChosen()) {
      return Optional.empty();
    }
    return Optional.of(
        new Refusal(
            name(),
            question.member().id() + " must " + refusal(situation),
            List.of(question.member().id().value()),
            liftedBy(situation)));
  }
}
