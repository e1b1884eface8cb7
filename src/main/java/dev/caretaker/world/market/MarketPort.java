package dev.caretaker.world.market;

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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The market as EC2 shows it on a good day. */
public final class MarketPort implements FleetPort {
  private final Market market;

  private final Supplier<Duration> age;

  public MarketPort(Market market) {
    this(market, () -> Duration.ZERO);
  }

  /**
   * A port.
   *
   * @param age how old the next answer is
   */
  public MarketPort(Market market, Supplier<Duration> age) {
    this.market = market;
    this.age = age;
  }

  private Instant seen() {
    return market.instant().minus(age.get());
  }

  @Override
  public Observed<List<MachineView>> machines(FleetId fleet) {
    return Observed.known(
        market.describe(seen()).stream()
            .filter(each -> each.fleet().isEmpty() || each.belongsTo(fleet.uid()))
            .toList());
  }

  @Override
  public Observed<Set<InstanceId>> alive(Set<InstanceId> machines) {
    return Observed.known(
        market.describe(seen()).stream()
            .filter(each -> each.isAlive() && machines.contains(each.id()))
            .map(MachineView::id)
            .collect(Collectors.toSet()));
  }

  @Override
  public Observed<List<Subnet>> subnets(Set<String> ids) {
    return Observed.known(
        market.subnets().stream().filter(each -> ids.contains(each.id())).toList());
  }

  @Override
  public Observed<SortedMap<MachineType, TypeView>> types() {
    return Observed.known(market.types());
  }

  @Override
  public Observed<List<PriceSeries>> prices(Set<Pool> pools, Instant since) {
    var now = seen();
    return Observed.known(
        pools.stream()
            .filter(pool -> market.prices().at(pool, now).isPresent())
            .map(pool -> market.prices().series(pool, since, now))
            .toList());
  }

  @Override
  public PurchaseAnswer buy(Purchase purchase) throws PortException {
    return market.buy(purchase);
  }

  @Override
  public void terminate(Set<InstanceId> machines) throws PortException {
    market.terminate(machines);
  }
}
