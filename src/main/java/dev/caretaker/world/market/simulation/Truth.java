package dev.caretaker.world.market.simulation;

import dev.caretaker.fleet.FleetProgress;
import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.fleet.model.MachineType;
import dev.caretaker.fleet.model.Pool;
import dev.caretaker.fleet.policy.FleetPolicy;
import dev.caretaker.kernel.Utility;
import dev.caretaker.world.market.Market;
import dev.caretaker.world.market.SpotMachine;
import dev.caretaker.world.market.SpotMachine.Tags;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The market as it is, counted by the auditor alone. Where the operator cannot have known yet, the
 * count errs in its favour: what ended a moment ago may still be counted, and the lowest price of
 * the last minutes.
 */
final class Truth {
  /** By then the operator has seen it, through the worst delays of a run. */
  static final Duration LAG = Duration.ofMinutes(5);

  private final Market market;
  private final FleetPolicy policy;

  Truth(Market market, FleetPolicy policy) {
    this.market = market;
    this.policy = policy;
  }

  private Instant now() {
    return market.instant();
  }

  private List<SpotMachine> own(Predicate<SpotMachine> wanted) {
    return market.machines().stream()
        .filter(each -> each.tags(now()) != Tags.NONE)
        .filter(wanted)
        .toList();
  }

  /** With those that somebody took the tag of the fleet from. */
  List<SpotMachine> alive() {
    return own(SpotMachine::isAlive);
  }

  /** Whether a machine carries its tag, and the operator has seen that. */
  boolean isTagged(SpotMachine machine) {
    return machine.isTagged(now().minus(LAG), now());
  }

  private boolean isStripped(SpotMachine machine) {
    return machine.isAlive() && machine.tags(now()) == Tags.PURCHASE;
  }

  /** What works without the tag of the fleet. */
  List<SpotMachine> stripped() {
    return own(this::isStripped);
  }

  /** What is there and was not asked to go, with or without its tag. */
  List<SpotMachine> unasked(FleetProgress saved) {
    var going = new TreeSet<InstanceId>(saved.leaving().keySet());
    going.addAll(saved.releases().keySet());
    return own(each -> each.isAlive() && !each.isDoomed() && !going.contains(each.id()));
  }

  /** The same without what goes as soon as something better is at work, and with its tag. */
  List<SpotMachine> staying(FleetProgress saved) {
    return unasked(saved).stream()
        .filter(each -> !saved.outgoing().containsKey(each.id()) && isTagged(each))
        .toList();
  }

  boolean diedLately(SpotMachine machine) {
    return machine.end().filter(by -> by == SpotMachine.End.MARKET).isPresent()
        && machine.endedAt().filter(at -> at.plus(LAG).isAfter(now())).isPresent();
  }

  /** What the operator may believe to be there. */
  List<SpotMachine> believed() {
    return own(each -> each.isAlive() || diedLately(each));
  }

  /** Whether it carries the fleet's tag, or did as EC2 may have shown it. */
  boolean isOurs(InstanceId id) {
    var shown = now().minusSeconds(FaultyMarket.LATE);
    return market
        .machine(id)
        .filter(each -> each.tags(now()) == Tags.FLEET || each.tags(shown) == Tags.FLEET)
        .isPresent();
  }

  double each(MachineType type) {
    return policy.worth().listed().getOrDefault(type, Utility.ZERO).amount();
  }

  double utility(List<SpotMachine> machines) {
    return machines.stream().mapToDouble(each -> each(each.pool().type())).sum();
  }

  double largest() {
    return policy.worth().listed().values().stream().mapToDouble(Utility::amount).max().orElse(0);
  }

  double wanted() {
    double demand = policy.demand().map(Utility::amount).orElse(0.0);
    return policy.deleting() ? 0 : Math.max(demand, policy.floor().amount());
  }

  double price(Pool pool) {
    return market.prices().at(pool, now()).map(each -> each.dollars()).orElse(0.0);
  }

  double lowestPrice(Pool pool) {
    return market
        .prices()
        .lowest(pool, now().minus(LAG), now())
        .map(each -> each.dollars())
        .orElse(0.0);
  }

  double highestPrice(Pool pool) {
    return market.prices().highest(pool).dollars();
  }
}
