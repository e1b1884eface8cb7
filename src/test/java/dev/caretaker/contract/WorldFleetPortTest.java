package dev.caretaker.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.fleet.model.MachineType;
import dev.caretaker.fleet.model.Subnet;
import dev.caretaker.fleet.model.TypeView;
import dev.caretaker.fleet.model.Zone;
import dev.caretaker.kernel.UsdPerHour;
import dev.caretaker.port.FleetPort;
import dev.caretaker.port.PortException;
import dev.caretaker.world.market.Market;
import dev.caretaker.world.market.MarketPort;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The contract on fleets, kept by the simulated market. */
class WorldFleetPortTest extends FleetPortContract {
  private final WorldMarketGround ground = new WorldMarketGround();

  @Override
  MarketGround ground() {
    return ground;
  }

  @Test
  void shouldAnswerARepeatedRequestByItsToken() throws PortException {
    var purchase = ground.purchase(MarketGround.FLEET, 1, 2);

    var first = ground.port().buy(purchase);
    var second = ground.port().buy(purchase);
    ground.aWhile();

    assertThat(second).isEqualTo(first);
    assertThat(ground.machines()).hasSize(2);
  }

  private static final class WorldMarketGround implements MarketGround {
    private static final Duration WHILE = Duration.ofMinutes(3);

    private final Market market =
        new Market(
            Instant.parse("2026-11-20T00:00:00Z"),
            new Market.Boots() {
              @Override
              public long secondsToRun() {
                return 60;
              }

              @Override
              public long secondsToBeSeen() {
                return 10;
              }
            });
    private final FleetPort port = new MarketPort(market);

    WorldMarketGround() {
      var type = new MachineType("m5.large");
      market.subnet(subnet());
      market.template(TEMPLATE);
      market.type(new TypeView(type, 2, 8, 0, Optional.empty()));
      market.prices().set(pool(), now().minus(Duration.ofDays(7)), UsdPerHour.of("0.04"));
    }

    @Override
    public FleetPort port() {
      return port;
    }

    @Override
    public Subnet subnet() {
      return new Subnet("subnet-1", new Zone("us-test-1a"), 250);
    }

    @Override
    public Instant now() {
      return market.instant();
    }

    @Override
    public InstanceId stranger() {
      return market.stranger(pool()).id();
    }

    @Override
    public void aWhile() {
      market.advance(now().plus(WHILE));
    }

    @Override
    public void close() {}
  }
}
