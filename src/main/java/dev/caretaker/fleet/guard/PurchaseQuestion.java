package dev.caretaker.fleet.guard;

import dev.caretaker.fleet.ledger.Ledger;
import dev.caretaker.fleet.ledger.Offer;
import dev.caretaker.fleet.policy.FleetPolicy;
import dev.caretaker.kernel.Utility;

/** May this machine be bought, with the ledger as it will stand? */
public record PurchaseQuestion(Situation situation, Ledger ledger, Offer offer) {
  FleetPolicy policy() {
    return situation.policy();
  }

  /**
   * Whether a part of the fleet keeps its share with this machine in it, but for a part of one
   * machine: machines are whole, and two of them cannot keep a share of 60 %. That machine must be
   * small enough for a fleet of this budget.
   *
   * @param there what the part holds without it
   */
  boolean keepsShare(Utility there, double share) {
    double after = ledger.staying().plus(offer.each()).amount();
    if (there.plus(offer.each()).amount() <= share * after + 1e-9) {
      return true;
    }
    double room = share * policy().budget().dollars();
    return there.amount() <= share * ledger.staying().amount() + 1e-9
        && (offer.ceiling().dollars() <= room || isForTheFloor());
  }

  /** The floor outranks the budget. */
  boolean isForTheFloor() {
    return situation.floor().isMoreThan(ledger.staying());
  }
}
