package dev.caretaker.fleet.guard;

/** The fleet grows by no more utility within ten minutes than the spec allows. */
public final class NewUtilityIsLimited implements PurchaseRule {
  @Override
  public boolean allows(PurchaseQuestion question) {
    var bought = question.ledger().bought().plus(question.offer().each());
    return question.policy().limits().newUtility().filter(bought::isMoreThan).isEmpty();
  }

  @Override
  public String refusal(Situation situation) {
    return "would be more than spec.limits.newUtility within ten minutes";
  }

  @Override
  public String liftedBy(Situation situation) {
    return "ten minutes, or a higher spec.limits.newUtility";
  }
}
