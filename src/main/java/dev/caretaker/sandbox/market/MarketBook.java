package dev.caretaker.sandbox.market;

import dev.caretaker.fleet.model.InstanceId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The market's own record of what it sold and what it was asked to take back. */
public final class MarketBook {
  private final List<Sale> sales = new CopyOnWriteArrayList<>();
  private final List<Consumer<Set<InstanceId>>> witnesses = new CopyOnWriteArrayList<>();

  void sold(Sale sale) {
    sales.add(sale);
  }

  void givesBack(Set<InstanceId> machines) {
    witnesses.forEach(witness -> witness.accept(Set.copyOf(machines)));
  }

  /** Everything that was sold, in its order. */
  public List<Sale> sales() {
    return List.copyOf(sales);
  }

  /** The purchase that a machine came from; empty for one that nobody bought here. */
  public Optional<Sale> saleOf(InstanceId machine) {
    return sales.stream().filter(sale -> sale.machines().contains(machine)).findFirst();
  }

  /** Calls with the machines of each TerminateInstances, before anything is done to them. */
  public void beforeGivingBack(Consumer<Set<InstanceId>> witness) {
    witnesses.add(witness);
  }
}
