package dev.caretaker.sandbox.audit;

import dev.caretaker.kernel.UsdPerHour;
import java.util.List;

/**
 * What a fleet costs at one moment, without what EC2 takes away: that is free in its first hour.
 *
 * @param machines that run and stay
 * @param floor in utility, of which each machine of this bill is worth one
 * @param nodesWanted for shelter; 0 for a fleet without data
 * @param nodes in the cluster that nobody empties
 * @param emptying whether a node is being emptied, and gets on
 */
public record Bill(
    List<UsdPerHour> machines,
    UsdPerHour budget,
    int floor,
    int nodesWanted,
    int nodes,
    boolean emptying) {
  public Bill {
    machines = List.copyOf(machines);
  }

  /** Whether it is more than the budget. */
  public boolean isOver() {
    return machines.stream().reduce(UsdPerHour.ZERO, UsdPerHour::plus).isMoreThan(budget);
  }

  /** What outranks the budget: no machine fewer would do, or one is on its way out. */
  public OverBudget.Cause cause() {
    if (nodesWanted > 0 && (nodes <= nodesWanted || emptying)) {
      return OverBudget.Cause.SAFETY;
    }
    return machines.size() <= floor ? OverBudget.Cause.FLOOR : OverBudget.Cause.NOBODY;
  }
}
