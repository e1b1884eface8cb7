package dev.caretaker.fleet.guard;

/**
 * A fleet with data has no more machines than its status lists: of another its cluster would never
 * say that it is at work, nor let it go.
 */
public final class ClusterSeesEveryMachine implements PurchaseRule {
  @Override
  public boolean allows(PurchaseQuestion question) {
    return question.situation().mayHaveOneMore(question.ledger());
  }

  @Override
  public String refusal(Situation situation) {
    return "would be more than the "
        + situation.policy().limits().machines().orElse(0)
        + " machines of a fleet that a cluster sees";
  }

  @Override
  public String liftedBy(Situation situation) {
    return "larger types, or a second SpotFleet for the same cluster and zone";
  }
}
