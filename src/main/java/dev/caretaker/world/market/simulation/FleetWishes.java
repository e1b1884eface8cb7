package dev.caretaker.world.market.simulation;

import dev.caretaker.fleet.model.FleetId;
import dev.caretaker.fleet.model.LaunchTemplate;
import dev.caretaker.fleet.policy.FleetPolicy;
import dev.caretaker.fleet.policy.FleetPolicy.Deletion;
import dev.caretaker.fleet.policy.FleetPolicy.Rebalance;
import dev.caretaker.fleet.policy.FleetPolicy.Shrink;
import dev.caretaker.fleet.policy.Limits;
import dev.caretaker.fleet.policy.PricePolicy;
import dev.caretaker.fleet.policy.Worth;
import dev.caretaker.kernel.UsdPerHour;
import dev.caretaker.kernel.Utility;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** The spec as it stands, and its changes. */
final class FleetWishes {
  static final FleetId ID = new FleetId("default", "spot", "5f0c1f5e-0d5e-4c1c-9d51-000000000001");
  static final LaunchTemplate TEMPLATE = new LaunchTemplate("spot", "1");

  private final Set<String> subnets;
  private final PricePolicy prices;
  private final Limits limits;
  private final Worth worth;
  private final boolean stateful;
  private final Shrink shrink;
  private final Deletion deletion;
  private final Rebalance rebalance;
  UsdPerHour budget;
  Utility demand;
  Utility floor;
  boolean paused;
  boolean deleting;

  FleetWishes(
      Set<String> subnets,
      PricePolicy prices,
      Limits limits,
      Worth worth,
      boolean stateful,
      Shrink shrink,
      Deletion deletion,
      Rebalance rebalance,
      UsdPerHour budget,
      Utility demand,
      Utility floor) {
    this.subnets = subnets;
    this.prices = prices;
    this.limits = limits;
    this.worth = worth;
    this.stateful = stateful;
    this.shrink = shrink;
    this.deletion = deletion;
    this.rebalance = rebalance;
    this.budget = budget;
    this.demand = demand;
    this.floor = floor;
  }

  FleetPolicy policy() {
    return new FleetPolicy(
        ID,
        TEMPLATE,
        subnets,
        budget,
        prices,
        limits,
        floor,
        Optional.of(demand),
        worth,
        stateful,
        shrink,
        Duration.ofMinutes(10),
        deletion,
        rebalance,
        paused,
        deleting);
  }
}
