package dev.caretaker.operator;

import dev.caretaker.fleet.model.FleetId;
import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.fleet.model.MachineType;
import dev.caretaker.fleet.model.MachineView;
import dev.caretaker.fleet.model.Pool;
import dev.caretaker.fleet.model.PriceSeries;
import dev.caretaker.fleet.model.Purchase;
import dev.caretaker.fleet.model.PurchaseAnswer;
import dev.caretaker.fleet.model.Subnet;
import dev.caretaker.fleet.model.TypeView;
import dev.caretaker.kernel.Observed;
import dev.caretaker.port.FleetPort;
import dev.caretaker.port.PortException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;

/**
 * A market that asks before anything is bought or given back whether it may, and shows the notices
 * that were heard of its machines.
 */
record GuardedMarket(FleetPort market, Notices notices, Guard guard) implements FleetPort {

  /** Who is asked. */
  interface Guard {
    /**
     * Called before anything leaves.
     *
     * @throws PortException REFUSED where it must not happen
     */
    void before() throws PortException;
  }

  @Override
  public Observed<List<MachineView>> machines(FleetId fleet) {
    return market.machines(fleet).map(all -> all.stream().map(notices::noticed).toList());
  }

  @Override
  public Observed<Set<InstanceId>> alive(Set<InstanceId> machines) {
    return market.alive(machines);
  }

  @Override
  public Observed<List<Subnet>> subnets(Set<String> ids) {
    return market.subnets(ids);
  }

  @Override
  public Observed<SortedMap<MachineType, TypeView>> types() {
    return market.types();
  }

  @Override
  public Observed<List<PriceSeries>> prices(Set<Pool> pools, Instant since) {
    return market.prices(pools, since);
  }

  @Override
  public PurchaseAnswer buy(Purchase purchase) throws PortException {
    guard.before();
    return market.buy(purchase);
  }

  @Override
  public void terminate(Set<InstanceId> machines) throws PortException {
    guard.before();
    market.terminate(machines);
  }
}
