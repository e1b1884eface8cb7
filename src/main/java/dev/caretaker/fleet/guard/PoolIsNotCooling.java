package dev.caretaker.fleet.guard;

import dev.caretaker.fleet.ledger.Cooling;
import java.util.stream.Collectors;

/** Nothing is bought for a while where EC2 had nothing, or where machines did not come to work. */
public final class PoolIsNotCooling implements PurchaseRule {
  @Override
  public boolean allows(PurchaseQuestion question) {
    var cooling = question.situation().cooling().get(question.offer().pool());
    return cooling == null || !cooling.until().isAfter(question.situation().now());
  }

  @Override
  public String refusal(Situation situation) {
    return situation.cooling().values().stream()
        .map(Cooling::because)
        .distinct()
        .collect(Collectors.joining(", ", "cool down after ", ""));
  }

  @Override
  public String liftedBy(Situation situation) {
    return "minutes";
  }
}
