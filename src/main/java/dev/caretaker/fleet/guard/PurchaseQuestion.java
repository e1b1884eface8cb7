package dev.caretaker.fleet.guard;

import dev.caretaker.fleet.ledger.Ledger;
import dev.caretaker.fleet.ledger.Offer;
import dev.caretaker.fleet.policy.FleetPolicy;

/** May this machine be bought, with the ledger as it will stand? */
public record PurchaseQuestion(Situation situation, Ledger ledger, Offer offer) {
  FleetPolicy policy() {
    return situation.policy();
  }

  /** The floor outranks the budget. */
  boolean isForTheFloor() {
    return policy().floorNow().isMoreThan(ledger.staying());
  }
}
