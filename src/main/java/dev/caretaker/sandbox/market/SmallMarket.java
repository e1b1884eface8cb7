package dev.caretaker.sandbox.market;

import dev.caretaker.fleet.model.LaunchTemplate;
import dev.caretaker.fleet.model.MachineType;
import dev.caretaker.fleet.model.Pool;
import dev.caretaker.fleet.model.Subnet;
import dev.caretaker.fleet.model.TypeView;
import dev.caretaker.fleet.model.Zone;
import dev.caretaker.kernel.UsdPerHour;
import dev.caretaker.world.market.Market;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The market of a sandbox: the subnets and the template of the examples, a few types. */
public final class SmallMarket {
  private static final Duration HISTORY = Duration.ofDays(90);

  private static final List<Subnet> SUBNETS =
      List.of(
          new Subnet("subnet-0a1b2c3d4e5f60718", new Zone("us-east-1a"), 250),
          new Subnet("subnet-1a2b3c4d5e6f70819", new Zone("us-east-1b"), 250));

  /** Memory in GiB, local disk in GB, and a price that such a machine had in us-east-1 in 2025. */
  private record Sold(String type, int vcpus, double memory, double disk, String usd) {}

  private static final List<Sold> TYPES =
      List.of(
          new Sold("c5d.large", 2, 4, 50, "0.0384"),
          new Sold("i3.large", 2, 15.25, 475, "0.0548"),
          new Sold("m5d.large", 2, 8, 75, "0.0462"),
          new Sold("m5d.xlarge", 4, 16, 150, "0.0907"),
          new Sold("r5d.large", 2, 16, 75, "0.0513"));

  private SmallMarket() {}

  /** A machine runs some seconds after it was bought, and is described at once. */
  private static final class Quick implements Market.Boots {
    @Override
    public long secondsToRun() {
      return 5;
    }

    @Override
    public long secondsToBeSeen() {
      return 1;
    }
  }

  /** Opens it on the loopback address. */
  public static MarketServer open(Clock clock) throws IOException {
    var market = new Market(clock.instant(), new Quick());
    SUBNETS.forEach(market::subnet);
    market.template(new LaunchTemplate("etl-worker", "7"));
    market.template(new LaunchTemplate("es-spot", "7"));
    var since = clock.instant().minus(HISTORY);
    for (var each : TYPES) {
      var type = new MachineType(each.type());
      market.type(new TypeView(type, each.vcpus(), each.memory(), each.disk(), Optional.empty()));
      for (var subnet : SUBNETS) {
        market.prices().set(new Pool(type, subnet.zone()), since, UsdPerHour.of(each.usd()));
      }
    }
    return new MarketServer(market, clock);
  }
}
