package dev.caretaker.fleet.guard;

/** What must hold before a machine is bought. Asked often: words are made only when needed. */
public interface PurchaseRule extends FleetRule {

  boolean allows(PurchaseQuestion question);

  /** What speaks against it, about all offers that the rule refuses. */
  String refusal(Situation situation);

  /** What would lift it. */
  String liftedBy(Situation situation);
}
