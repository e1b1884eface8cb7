package dev.caretaker.fleet.guard;

/**
 * A fleet for a cluster or for pipelines has no more machines than its status lists: of another its
 * cluster would never say that it is at work, nor let it go, and no pipeline would work on it.
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
        + " machines of a fleet that its cluster or its pipelines see";
  }

  @Override
  public String liftedBy(Situation situation) {
    return "larger types, or a second SpotFleet";
  }
}
