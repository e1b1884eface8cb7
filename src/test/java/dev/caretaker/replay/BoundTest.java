package dev.caretaker.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.caretaker.fleet.model.MachineType;
import dev.caretaker.fleet.model.Pool;
import dev.caretaker.kernel.UsdPerHour;
import dev.caretaker.kernel.Utility;
import dev.caretaker.replay.SmallMarket.Moment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** No buyer has more than the bound, whatever buyers there are. */
class BoundTest {
  private static final int MARKETS = 800;
  private static final double ROUNDING = 1e-6;

  @Test
  void shouldFillABudgetWithWholeMachines() {
    var machines = List.of(new WholeMachines.Machine(0.4, 4), new WholeMachines.Machine(0.7, 8));

    // One large one leaves nothing that fits, two small ones are as much, three would be too dear.
    assertThat(WholeMachines.most(1.0, machines)).isEqualTo(8.0, within(1e-9));
    assertThat(WholeMachines.most(1.1, machines)).isEqualTo(12.0, within(1e-9));
    assertThat(WholeMachines.most(0.3, machines)).isZero();
  }

  @Test
  void neverIsBelowWhatAnyBuyerHasInManySmallMarkets() {
    for (long seed = 1; seed <= MARKETS; seed++) {
      isAboveEveryBuyer(SmallMarket.random(seed));
    }
  }

  /** The last purchase may go beyond the demand, and parts have their shares of that fleet. */
  @Test
  void shouldAllowForAFleetThatExceededItsDemandByAMachine() {
    var worth = new TreeMap<MachineType, Utility>();
    worth.put(new MachineType("m4.large"), Utility.of("4"));
    worth.put(new MachineType("m8.large"), Utility.of("8"));
    var policy =
        StatelessFleet.of("0.16", StatelessFleet.shares(1, 0.5), "10").worth(worth).policy();
    var moments =
        List.of(
            new Moment(Duration.ZERO, pricesWithTheOtherZoneAt("0.04")),
            new Moment(Duration.ofMinutes(10), pricesWithTheOtherZoneAt("4.00")));

    // 4 in each zone and 8 in the first are 16; 12 of them stay, where 10 are wanted.
    var market = new SmallMarket(0, policy, worth, moments);
    isAboveEveryBuyer(market);
    var buyers = new EveryBuyer(market);
    moments.forEach(moment -> assertThat(buyers.most(moment)).isEqualTo(10));
  }

  private static SortedMap<Pool, UsdPerHour> pricesWithTheOtherZoneAt(String usd) {
    return new TreeMap<>(
        Map.of(
            Pool.of("m4.large", "us-test-1a"), UsdPerHour.of("0.04"),
            Pool.of("m8.large", "us-test-1a"), UsdPerHour.of("0.08"),
            Pool.of("m4.large", "us-test-1b"), UsdPerHour.of(usd)));
  }

  private static void isAboveEveryBuyer(SmallMarket market) {
    var utility = new TreeMap<MachineType, Double>();
    market.worth().forEach((type, each) -> utility.put(type, each.amount()));
    var bound = new Bound(market.policy(), utility);
    var buyers = new EveryBuyer(market);
    for (var moment : market.moments()) {
      assertThat(bound.at(moment.dollars(), moment.since()))
          .as("after %s of the market of %s", moment.since(), market)
          .isGreaterThanOrEqualTo(buyers.most(moment) - ROUNDING);
    }
  }
}
