package dev.caretaker.fleet.guard;

/** No zone holds more of the fleet than its share. */
public final class ShareOfZoneIsKept implements PurchaseRule {
  @Override
  public boolean allows(PurchaseQuestion question) {
    return question.keepsShare(
        question.ledger().of(question.offer().pool().zone()),
        question.policy().limits().sharePerZone());
  }

  @Override
  public String refusal(Situation situation) {
    return "would give one zone more than spec.limits.sharePerZone";
  }

  @Override
  public String liftedBy(Situation situation) {
    return "more zones to choose from, or a higher spec.limits.sharePerZone";
  }
}
