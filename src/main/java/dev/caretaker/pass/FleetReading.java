package dev.caretaker.pass;

import dev.caretaker.fleet.model.DemandView;
import dev.caretaker.fleet.model.FleetView;
import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.fleet.model.MachineView;
import dev.caretaker.fleet.model.WorkloadView;
import dev.caretaker.fleet.policy.FleetPolicy;
import dev.caretaker.kernel.Observed;
import dev.caretaker.port.FleetPort;
import dev.caretaker.port.WorkloadPort;
import java.time.Clock;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Reads all that a decision about a fleet needs. It remembers prices, which it may forget. */
public final class FleetReading {
  private final FleetPort market;
  private final WorkloadPort workload;
  private final Supplier<Observed<DemandView>> demand;
  private final Clock clock;
  private final PriceReading prices;

  /**
   * A reading; asks nothing yet.
   *
   * @param demand what pipelines ask for; of no meaning where the spec says a number
   */
  public FleetReading(
      FleetPort market, WorkloadPort workload, Supplier<Observed<DemandView>> demand, Clock clock) {
    this.market = market;
    this.workload = workload;
    this.demand = demand;
    this.clock = clock;
    this.prices = new PriceReading(market);
  }

  /** Reads everything once; what could not be read is unknown in it. */
  public FleetView read(FleetPolicy policy) {
    var now = clock.instant();
    var machines = market.machines(policy.id());
    var types = market.types();
    var subnets = market.subnets(policy.subnets());
    var quotes = prices.quotes(policy, machines, types, subnets, now);
    return new FleetView(
        now, machines, quotes, types, subnets, workload(policy, machines), demand.get());
  }

  private Observed<WorkloadView> workload(
      FleetPolicy policy, Observed<List<MachineView>> machines) {
    if (!policy.stateful()) {
      return Observed.unknown("there is none");
    }
    var ids = new TreeSet<InstanceId>();
    machines.ifKnown().orElse(List.of()).forEach(each -> ids.add(each.id()));
    return workload.read(ids);
  }
}
