package dev.caretaker.adapter.ec2;

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
import dev.caretaker.fleet.model.Zone;
import dev.caretaker.kernel.Observed;
import dev.caretaker.port.FleetPort;
import dev.caretaker.port.PortException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * EC2 in one region. One is enough for all fleets of a region: they share what is read once a day
 * and what was read of prices. Safe for use by several threads.
 */
public final class Ec2Market implements FleetPort, AutoCloseable {
  private final Ec2Clients clients;
  private final MachineReading machines;
  private final Catalogue catalogue;
  private final PriceBook prices;
  private final Orders orders;

  Ec2Market(Ec2Clients clients, Clock clock) {
    this.clients = clients;
    this.machines = new MachineReading(clients.reads());
    this.catalogue = new Catalogue(clients.reads(), clock);
    this.prices = new PriceBook(clients.reads(), clock);
    this.orders = new Orders(clients);
  }

  /**
   * Opens the way to EC2; nothing is asked yet, so neither a wrong region nor missing credentials
   * are told before the first read. To be closed.
   */
  public static Ec2Market open(Ec2Settings settings, Clock clock) {
    return new Ec2Market(Ec2Clients.open(settings), clock);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Strangers are those with the fleet's namespace and name in their tags and another UID, or
   * none. When EC2 takes a machine away is read from its spot request.
   */
  @Override
  public Observed<List<MachineView>> machines(FleetId fleet) {
    return read("ec2:DescribeInstances", () -> machines.read(fleet));
  }

  @Override
  public Observed<Set<InstanceId>> alive(Set<InstanceId> ids) {
    return read("ec2:DescribeInstances", () -> machines.alive(ids));
  }

  @Override
  public Observed<List<Subnet>> subnets(Set<String> ids) {
    if (ids.isEmpty()) {
      return Observed.known(List.of());
    }
    return read("ec2:DescribeSubnets", () -> subnets(List.copyOf(new TreeSet<>(ids))));
  }

  /** Asked for by a filter: unlike an id, a value of a filter that nothing has is no error. */
  private List<Subnet> subnets(List<String> ids) {
    return clients
        .reads()
        .describeSubnetsPaginator(each -> each.filters(Tags.filter("subnet-id", ids)))
        .subnets()
        .stream()
        .map(
            each ->
                new Subnet(
                    each.subnetId(),
                    new Zone(each.availabilityZone()),
                    each.availableIpAddressCount()))
        .toList();
  }

  @Override
  public Observed<SortedMap<MachineType, TypeView>> types() {
    return read("ec2:DescribeInstanceTypes", catalogue::types);
  }

  @Override
  public Observed<List<PriceSeries>> prices(Set<Pool> pools, Instant since) {
    return read("ec2:DescribeSpotPriceHistory", () -> prices.read(pools, since));
  }

  @Override
  public PurchaseAnswer buy(Purchase purchase) throws PortException {
    return orders.buy(purchase);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Where some are protected against termination, EC2 refuses, but takes those of other zones
   * back all the same.
   */
  @Override
  public void terminate(Set<InstanceId> machines) throws PortException {
    orders.terminate(machines);
  }

  private <T> Observed<T> read(String action, Supplier<T> call) {
    try {
      return Observed.known(call.get());
    } catch (SdkException failed) {
      return Observed.unknown(Ec2Failure.of(action, clients.region(), failed).sentence());
    }
  }

  @Override
  public void close() {
    clients.close();
  }
}
