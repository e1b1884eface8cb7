package dev.caretaker.fleet.guard;

/** No machine costs more for its utility than the spec allows. */
public final class PriceIsWorthIt implements PurchaseRule {
  @Override
  public boolean allows(PurchaseQuestion question) {
    var most = question.policy().prices().mostPerUtility();
    var offer = question.offer();
    return most.filter(price -> offer.costsMoreThan(price)).isEmpty();
  }

  @Override
  public String refusal(Situation situation) {
    return "cost more than spec.prices.maxUsdPerUtility allows";
  }

  @Override
  public String liftedBy(Situation situation) {
    return "raise spec.prices.maxUsdPerUtility";
  }
}
