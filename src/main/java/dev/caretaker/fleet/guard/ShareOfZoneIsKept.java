package dev.caretaker.fleet.guard;

/**
 * No zone holds more of the fleet than its share, but for a part of one machine: machines are
 * whole, and two of them cannot keep a share of 60 %. That machine must be small enough for a fleet
 * of this budget.
 */
public final class ShareOfZoneIsKept implements PurchaseRule {
  @Override
  public boolean allows(PurchaseQuestion question) {
    var limits = question.policy().limits();
    var offer = question.offer();
    var there = question.ledger().of(offer.pool().zone());
    double share = limits.sharePerZone();
    double after = question.ledger().staying().plus(offer.each()).amount();
    if (there.plus(offer.each()).amount() <= share * after + 1e-9) {
      return true;
    }
    double room = share * question.policy().budget().dollars();
    return there.amount() <= share * question.ledger().staying().amount() + 1e-9
        && (offer.ceiling().dollars() <= room || question.isForTheFloor());
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
