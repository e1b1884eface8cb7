package dev.caretaker.fleet.guard;

/** No type holds more of the fleet than its share. */
public final class ShareOfTypeIsKept implements PurchaseRule {
  @Override
  public boolean allows(PurchaseQuestion question) {
    return question.keepsShare(
        question.ledger().of(question.offer().pool().type()),
        question.policy().limits().sharePerType());
  }

  @Override
  public String refusal(Situation situation) {
    return "would give one type more than spec.limits.sharePerType";
  }

  @Override
  public String liftedBy(Situation situation) {
    return "more types to choose from, or a higher spec.limits.sharePerType";
  }
}
