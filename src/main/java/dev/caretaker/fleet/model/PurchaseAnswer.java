package dev.caretaker.fleet.model;

import java.util.List;

/** What EC2 answered to a purchase; machines and errors in one answer are normal. */
public record PurchaseAnswer(long number, List<InstanceId> bought, List<PurchaseError> errors) {
  public PurchaseAnswer {
    bought = List.copyOf(bought);
    errors = List.copyOf(errors);
  }
}
