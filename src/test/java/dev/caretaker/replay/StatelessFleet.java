package dev.caretaker.replay;

import dev.caretaker.fleet.model.FleetId;
import dev.caretaker.fleet.model.LaunchTemplate;
import dev.caretaker.fleet.model.MachineType;
import dev.caretaker.fleet.policy.FleetPolicy;
import dev.caretaker.fleet.policy.Limits;
import dev.caretaker.fleet.policy.PricePolicy;
import dev.caretaker.fleet.policy.Worth;
import dev.caretaker.kernel.UsdPerHour;
import dev.caretaker.kernel.Utility;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** A fleet without data in two zones, of which a test says what its buyer goes by. */
record StatelessFleet(
    UsdPerHour budget,
    Optional<UsdPerHour> mostPerUtility,
    Limits limits,
    Utility floor,
    Utility demand,
    SortedMap<MachineType, Utility> worth) {

  /** One that has no floor, whatever its machines cost. */
  static StatelessFleet of(String budget, Limits limits, String demand) {
    return new StatelessFleet(
        UsdPerHour.of(budget),
        Optional.empty(),
        limits,
        Utility.ZERO,
        Utility.of(demand),
        new TreeMap<>());
  }

  /** Shares alone. */
  static Limits shares(double ofType, double ofZone) {
    return new Limits(Optional.empty(), OptionalInt.empty(), ofType, ofZone);
  }

  StatelessFleet worth(SortedMap<MachineType, Utility> utility) {
    return new StatelessFleet(budget, mostPerUtility, limits, floor, demand, utility);
  }

  StatelessFleet atMost(String usdForUtility) {
    return new StatelessFleet(
        budget, Optional.of(UsdPerHour.of(usdForUtility)), limits, floor, demand, worth);
  }

  FleetPolicy policy() {
    return new FleetPolicy(
        new FleetId("default", "etl", "etl"),
        new LaunchTemplate("etl", "1"),
        Set.of("subnet-0", "subnet-1"),
        budget,
        new PricePolicy(0.8, Duration.ofDays(1), Duration.ofHours(1), mostPerUtility),
        limits,
        floor,
        Optional.of(demand),
        new Worth(Optional.empty(), worth, new TreeSet<>()),
        false,
        FleetPolicy.Shrink.DRAIN,
        Duration.ofMinutes(15),
        FleetPolicy.Deletion.TERMINATE,
        FleetPolicy.Rebalance.IGNORE,
        false,
        false);
  }
}
