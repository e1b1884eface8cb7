package dev.caretaker.fleet.guard;

/** Of one type no more machines are bought within ten minutes than the spec allows. */
public final class PurchasesOfTypeAreLimited implements PurchaseRule {
  @Override
  public boolean allows(PurchaseQuestion question) {
    var perType = question.policy().limits().perType();
    return perType.isEmpty()
        || question.ledger().boughtOf(question.offer().pool().type()) < perType.getAsInt();
  }

  @Override
  public String refusal(Situation situation) {
    return "are of types of which spec.limits.perType were bought within ten minutes";
  }

  @Override
  public String liftedBy(Situation situation) {
    return "ten minutes, or a higher spec.limits.perType";
  }
}
