package dev.caretaker.fleet.guard;

/**
 * What runs at today's prices, and what is asked for at its ceiling, stays within the budget; only
 * the floor outranks it.
 */
public final class SpendStaysWithinBudget implements PurchaseRule {
  @Override
  public boolean allows(PurchaseQuestion question) {
    var spend = question.ledger().spend().plus(question.offer().ceiling());
    return !spend.isMoreThan(question.policy().budget()) || question.isForTheFloor();
  }

  @Override
  public String refusal(Situation situation) {
    return "would cost more than is left of " + situation.policy().budget() + " USD/h";
  }

  @Override
  public String liftedBy(Situation situation) {
    return "raise spec.budget.usdPerHour";
  }
}
