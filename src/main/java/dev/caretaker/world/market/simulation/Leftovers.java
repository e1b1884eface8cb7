package dev.caretaker.world.market.simulation;

import dev.caretaker.fleet.FleetDecision;
import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.fleet.policy.FleetPolicy;
import dev.caretaker.fleet.policy.FleetPolicy.Shrink;
import dev.caretaker.world.market.Market;
import dev.caretaker.world.market.SpotMachine;
import dev.caretaker.world.market.SpotNodes;
import java.util.TreeSet;

/** Audits what is there when nothing is in the way any more. */
final class Leftovers {
  private final Auditor auditor;
  private final Market market;
  private final SpotNodes nodes;
  private final FleetPolicy policy;
  private final Truth truth;

  Leftovers(Auditor auditor, Market market, SpotNodes nodes, FleetPolicy policy) {
    this.auditor = auditor;
    this.market = market;
    this.nodes = nodes;
    this.policy = policy;
    this.truth = new Truth(market, policy);
  }

  void audit(FleetDecision decision) {
    var seenTo = new TreeSet<InstanceId>(decision.summary().strangers());
    decision.summary().members().forEach(each -> seenTo.add(each.id()));
    for (var machine : truth.alive()) {
      boolean left = decision.ended() || !seenTo.contains(machine.id());
      if (left || (policy.isEnding() && couldGo(machine))) {
        auditor.blame("Orphan", machine.id() + " runs and nobody looks after it");
      }
    }
    if (!policy.deleting()) {
      nothingLeftToBuy();
      nothingLeftToGiveBack();
    }
  }

  private boolean couldGo(SpotMachine machine) {
    return isSheltered() && truth.isTagged(machine);
  }

  private void nothingLeftToBuy() {
    var limits = policy.limits();
    if (limits.sharePerType() < 1 || limits.sharePerZone() < 1 || isFull()) {
      return;
    }
    double utility = truth.utility(truth.alive());
    double spend = truth.alive().stream().mapToDouble(each -> truth.price(each.pool())).sum();
    for (var pool : market.prices().pools()) {
      double price = truth.highestPrice(pool);
      double each = truth.each(pool.type());
      boolean allowed =
          policy.prices().mostPerUtility().filter(most -> price > most.dollars() * each).isEmpty()
              && limits.newUtility().filter(most -> each > most.amount()).isEmpty()
              && market.isSold(pool);
      if (allowed && utility < truth.wanted() && spend + price <= policy.budget().dollars()) {
        auditor.blame("LeftUnbought", pool + " for " + price + " beside " + spend);
      }
    }
  }

  private boolean isFull() {
    return truth.alive().size() >= policy.limits().machines().orElse(Integer.MAX_VALUE);
  }

  private void nothingLeftToGiveBack() {
    var alive = truth.alive();
    double utility = truth.utility(alive);
    for (var machine : alive) {
      double left = utility - truth.each(machine.pool().type());
      if (policy.shrink() != Shrink.NEVER && couldGo(machine) && left >= truth.wanted()) {
        auditor.blame(
            "SurplusLeft", machine.id() + ": without it " + left + " of " + truth.wanted());
      }
    }
  }

  /** Whether its cluster can do without one; it counts those that the fleet can say of. */
  boolean isSheltered() {
    long working =
        truth.alive().stream()
            .filter(each -> nodes.isAtWork(each.id()) && truth.isTagged(each))
            .count();
    return !policy.stateful() || working > nodes.leastMachines();
  }
}
