package dev.caretaker.fleet.guard;

/** Less utility is there or on its way than is wanted. */
public final class DemandIsUnmet implements PurchaseRule {
  @Override
  public boolean allows(PurchaseQuestion question) {
    return question.situation().wanted().isMoreThan(question.ledger().staying());
  }

  @Override
  public String refusal(Situation situation) {
    return "are not needed: the wanted "
        + situation.wanted()
        + " of utility are there or on their way";
  }

  @Override
  public String liftedBy(Situation situation) {
    return "raise spec.demand";
  }
}
