package dev.caretaker.fleet;

import dev.caretaker.fleet.action.FleetOutcome;
import dev.caretaker.fleet.guard.FleetRules;
import dev.caretaker.fleet.model.FleetId;
import dev.caretaker.fleet.model.FleetView;
import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.fleet.model.LaunchTemplate;
import dev.caretaker.fleet.model.MachineType;
import dev.caretaker.fleet.model.MachineView;
import dev.caretaker.fleet.model.MachineView.State;
import dev.caretaker.fleet.model.Pool;
import dev.caretaker.fleet.model.Quote;
import dev.caretaker.fleet.model.Subnet;
import dev.caretaker.fleet.model.WorkloadView;
import dev.caretaker.fleet.model.Zone;
import dev.caretaker.fleet.policy.FleetPolicy;
import dev.caretaker.fleet.policy.FleetPolicy.Deletion;
import dev.caretaker.fleet.policy.FleetPolicy.Shrink;
import dev.caretaker.fleet.policy.Limits;
import dev.caretaker.fleet.policy.PricePolicy;
import dev.caretaker.fleet.policy.Worth;
import dev.caretaker.kernel.Observed;
import dev.caretaker.kernel.UsdPerHour;
import dev.caretaker.kernel.Utility;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** A fleet that is looked at half an hour after its first look, with two pools to buy from. */
abstract class FleetOfTwoPools {
  static final Instant START = Instant.parse("2026-11-20T00:00:00Z");
  static final Instant LATER = START.plus(Duration.ofMinutes(30));
  static final FleetId ID = new FleetId("default", "es", "uid-1");
  static final Pool CHEAP = Pool.of("m5.large", "us-test-1a");
  static final Pool DEAR = Pool.of("m6.large", "us-test-1a");

  final FleetDecider decider = new FleetDecider(FleetRules.standard());
  final List<MachineView> machines = new ArrayList<>();
  final SortedMap<Pool, Quote> quotes = new TreeMap<>();
  final List<Subnet> subnets =
      new ArrayList<>(List.of(new Subnet("subnet-1", new Zone("us-test-1a"), 250)));
  Observed<WorkloadView> workload = Observed.unknown("there is none");

  FleetOfTwoPools() {
    price(CHEAP, "0.04");
    price(DEAR, "0.05");
  }

  void price(Pool pool, String usd) {
    quotes.put(pool, new Quote(pool, UsdPerHour.of(usd), UsdPerHour.of(usd)));
  }

  static FleetPolicy policy(String budget, String demand, boolean stateful) {
    var worth = new TreeMap<MachineType, Utility>();
    worth.put(CHEAP.type(), Utility.of("2"));
    worth.put(DEAR.type(), Utility.of("2"));
    return new FleetPolicy(
        ID,
        new LaunchTemplate("es", "7"),
        Set.of("subnet-1"),
        UsdPerHour.of(budget),
        new PricePolicy(0.95, Duration.ofDays(7), Duration.ofDays(1), Optional.empty()),
        new Limits(Optional.empty(), OptionalInt.empty(), 1, 1),
        Utility.ZERO,
        Optional.of(Utility.of(demand)),
        new Worth(Optional.empty(), worth, new TreeSet<>()),
        stateful,
        Shrink.DRAIN,
        Duration.ofMinutes(15),
        Deletion.DRAIN,
        FleetPolicy.Rebalance.IGNORE,
        false,
        false);
  }

  InstanceId runs(String id, Pool pool, Optional<Instant> leavesAt) {
    var machine = new InstanceId(id);
    machines.add(
        new MachineView(
            machine,
            pool,
            State.RUNNING,
            START,
            Optional.of("uid-1"),
            1,
            leavesAt,
            Optional.empty(),
            Optional.of("10.0.0.1")));
    return machine;
  }

  FleetView view() {
    return new FleetView(
        LATER,
        Observed.known(List.copyOf(machines)),
        Observed.known(quotes),
        Observed.known(new TreeMap<>()),
        Observed.known(List.copyOf(subnets)),
        workload,
        Observed.unknown("nobody asks"));
  }

  FleetDecision decide(FleetPolicy policy, FleetProgress progress, FleetOutcome... heard) {
    return decider.decide(policy, view(), progress, List.of(heard), LATER);
  }

  /** A fleet that has read its tags long ago. */
  FleetProgress known(FleetPolicy policy) {
    return decider.decide(policy, view(), FleetProgress.NONE, List.of(), START).progress();
  }
}
