package dev.caretaker.mapping;

import dev.caretaker.api.FleetBudgetSpec;
import dev.caretaker.api.FleetDemandSpec;
import dev.caretaker.api.FleetInterruptionSpec;
import dev.caretaker.api.FleetLimitsSpec;
import dev.caretaker.api.FleetMachinesSpec;
import dev.caretaker.api.FleetPricesSpec;
import dev.caretaker.api.FleetShapes;
import dev.caretaker.api.FleetTemplateSpec;
import dev.caretaker.api.FleetWorkloadSpec;
import dev.caretaker.api.SpotFleet;
import dev.caretaker.api.SpotFleetSpec;
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
import dev.caretaker.mapping.Problem.Rule;
import dev.caretaker.mapping.SpecReading.Shape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Turns the spec of a SpotFleet into a policy, or into a list of everything wrong with it. */
public final class FleetPolicyParser {
  private static final FleetPricesSpec NO_PRICES = new FleetPricesSpec(null, null, null, null);
  private static final FleetLimitsSpec NO_LIMITS = new FleetLimitsSpec(null, null, null, null);
  private static final FleetDemandSpec NO_DEMAND = new FleetDemandSpec(null, null);
  private static final FleetMachinesSpec NO_MACHINES = new FleetMachinesSpec(null, null);
  private static final FleetInterruptionSpec NO_QUEUE = new FleetInterruptionSpec(null, null);
  private static final String MISFIT = "has a value of a type that does not fit here";

  private final SpecReading reading = new SpecReading();
  private final FleetId id;

  private FleetPolicyParser(FleetId id) {
    this.id = id;
  }

  /** Which fleet a resource is. */
  public static FleetId id(SpotFleet resource) {
    var metadata = resource.getMetadata();
    return new FleetId(metadata.getNamespace(), metadata.getName(), metadata.getUid());
  }

  /** Parses a spec as the wish of a fleet. */
  public static Parsed<FleetCare> parse(FleetId id, @Nullable SpotFleetSpec spec) {
    if (spec == null) {
      return new Parsed<>(Optional.empty(), List.of(new Problem("spec", Rule.TYPE, "is missing")));
    }
    return new FleetPolicyParser(id).read(spec);
  }

  private Parsed<FleetCare> read(SpotFleetSpec spec) {
    spec.unreadable().forEach(each -> reading.problem(each, Rule.TYPE, MISFIT));
    var region = reading.shaped("spec.region", spec.region(), Shape.REGION).orElse("");
    var cluster = workload(spec.workload());
    boolean stateful = spec.workload() != null;
    var demand = spec.demand() == null ? NO_DEMAND : spec.demand();
    var interruption = spec.interruption() == null ? NO_QUEUE : spec.interruption();
    var queue = reading.shapedOrNone("spec.interruption.queue", interruption.queue(), Shape.QUEUE);
    var rebalance =
        reading
            .word(
                "spec.interruption.rebalance",
                interruption.rebalance(),
                Optional.of(Rebalance.IGNORE),
                Rebalance.values())
            .orElse(Rebalance.IGNORE);
    var pipelines = pipelines(demand);
    var utility = demand(demand);
    var policy = policy(spec, stateful, utility, rebalance);
    if (!reading.problems().isEmpty() || policy.isEmpty()) {
      return new Parsed<>(Optional.empty(), reading.problems());
    }
    return new Parsed<>(
        Optional.of(new FleetCare(policy.orElseThrow(), region, cluster, pipelines, queue)),
        List.of());
  }

  /** Empty where a problem was met, so that nothing half-read is put together. */
  private Optional<FleetPolicy> policy(
      SpotFleetSpec spec, boolean stateful, Optional<Utility> demand, Rebalance rebalance) {
    var template = template(spec.launchTemplate());
    var subnets = subnets(spec.subnets());
    var budget = budget(spec.budget());
    var prices = prices(spec.prices() == null ? NO_PRICES : spec.prices());
    boolean listed = stateful || demand.isEmpty();
    var limits = limits(spec.limits() == null ? NO_LIMITS : spec.limits(), listed);
    var floor =
        utility("spec.floor.utility", spec.floor() == null ? null : spec.floor().utility(), 0);
    var worth = worth(spec.machines() == null ? NO_MACHINES : spec.machines());
    var shrink = shrink(spec.shrink(), stateful);
    var deletion = deletion(spec.deletionPolicy(), stateful);
    var joinWithin = lasts("spec.joinWithin", spec.joinWithin(), Duration.ofMinutes(15));
    if (!reading.problems().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new FleetPolicy(
            id,
            template,
            subnets,
            budget,
            prices,
            limits,
            floor.orElse(Utility.ZERO),
            demand,
            worth,
            stateful,
            shrink,
            joinWithin,
            deletion,
            rebalance,
            Boolean.TRUE.equals(spec.paused()),
            false));
  }

  private UsdPerHour budget(@Nullable FleetBudgetSpec spec) {
    return reading
        .shaped("spec.budget.usdPerHour", spec == null ? null : spec.usdPerHour(), Shape.MONEY)
        .map(UsdPerHour::of)
        .orElse(UsdPerHour.ZERO);
  }

  private Shrink shrink(@Nullable String text, boolean stateful) {
    var shrink =
        reading
            .word("spec.shrink", text, Optional.of(Shrink.DRAIN), Shrink.values())
            .orElse(Shrink.DRAIN);
    if (stateful && shrink == Shrink.IMMEDIATE) {
      reading.problem(
          "spec.shrink",
          Rule.TOGETHER,
          "Immediate would lose data: with a workload machines leave by handshake only");
    }
    return shrink;
  }

  private Deletion deletion(@Nullable String text, boolean stateful) {
    var usual = stateful ? Deletion.ORPHAN : Deletion.TERMINATE;
    var deletion =
        reading
            .word("spec.deletionPolicy", text, Optional.of(usual), Deletion.values())
            .orElse(usual);
    if (stateful && deletion == Deletion.TERMINATE) {
      reading.problem(
          "spec.deletionPolicy",
          Rule.TOGETHER,
          "Terminate would lose data: with a workload say Drain or Orphan");
    }
    return deletion;
  }

  private LaunchTemplate template(@Nullable FleetTemplateSpec spec) {
    var name = spec == null ? null : spec.name();
    var version = spec == null ? null : spec.version();
    return new LaunchTemplate(
        reading.shaped("spec.launchTemplate.name", name, Shape.TEMPLATE).orElse(""),
        reading.shaped("spec.launchTemplate.version", version, Shape.VERSION).orElse(""));
  }

  private Set<String> subnets(@Nullable List<String> given) {
    var subnets = new TreeSet<String>();
    var path = "spec.subnets";
    if (given == null) {
      reading.problem(path, Rule.TYPE, "name at least one subnet");
    }
    var seen = new HashSet<String>();
    int index = 0;
    for (var each : reading.entries(path, given, 1, FleetShapes.MOST_SUBNETS)) {
      reading
          .shapedOnce(path + "[" + index++ + "]", each, Shape.SUBNET, seen)
          .ifPresent(subnets::add);
    }
    return subnets;
  }

  private PricePolicy prices(FleetPricesSpec spec) {
    double percentile = spec.percentile() == null ? 0.95 : spec.percentile();
    if (!(percentile >= 0.01 && percentile <= 1)) {
      reading.problem("spec.prices.percentile", Rule.RANGE, "is not between 0.01 and 1");
      percentile = 1;
    }
    return new PricePolicy(
        percentile,
        lasts("spec.prices.history", spec.history(), Duration.ofDays(7)),
        lasts("spec.prices.horizon", spec.horizon(), Duration.ofDays(1)),
        reading
            .shapedOrNone("spec.prices.maxUsdPerUtility", spec.maxUsdPerUtility(), Shape.MONEY)
            .map(UsdPerHour::of));
  }

  /**
   * Reads the limits.
   *
   * @param listed a cluster or pipelines know only of the machines that the status lists
   */
  private Limits limits(FleetLimitsSpec spec, boolean listed) {
    int perType = reading.number("spec.limits.perType", spec.perType(), 1, 1, 10_000);
    return new Limits(
        spec.newUtility() == null
            ? Optional.empty()
            : utility("spec.limits.newUtility", spec.newUtility(), 1),
        spec.perType() == null ? OptionalInt.empty() : OptionalInt.of(perType),
        reading.share("spec.limits.sharePerType", spec.sharePerType()).orElse(1),
        reading.share("spec.limits.sharePerZone", spec.sharePerZone()).orElse(1),
        listed ? OptionalInt.of(FleetShapes.MOST_MACHINES) : OptionalInt.empty());
  }

  /** A whole number of utility. */
  private Optional<Utility> utility(String path, @Nullable Integer value, int least) {
    int number = reading.number(path, value, least, least, FleetShapes.MOST_UTILITY);
    return number < least ? Optional.empty() : Optional.of(new Utility(number * 1000L));
  }

  private Optional<Utility> demand(FleetDemandSpec spec) {
    if ((spec.utility() == null) == (spec.pipelines() == null)) {
      reading.problem("spec.demand", Rule.TOGETHER, "demand is a utility, or comes from pipelines");
    }
    return spec.utility() == null
        ? Optional.empty()
        : utility("spec.demand.utility", spec.utility(), 0);
  }

  private List<String> pipelines(FleetDemandSpec spec) {
    var names = new ArrayList<String>();
    var path = "spec.demand.pipelines";
    var seen = new HashSet<String>();
    int index = 0;
    for (var each : reading.entries(path, spec.pipelines(), 1, FleetShapes.MOST_PIPELINES)) {
      reading
          .shapedOnce(path + "[" + index++ + "].name", each.name(), Shape.RESOURCE, seen)
          .ifPresent(names::add);
    }
    return names;
  }

  private Worth worth(FleetMachinesSpec spec) {
    return new MachinesReading(reading).read(spec);
  }

  private Optional<FleetCare.Cluster> workload(@Nullable FleetWorkloadSpec spec) {
    if (spec == null) {
      return Optional.empty();
    }
    var path = "spec.workload.esCluster";
    var cluster = spec.esCluster();
    var name =
        reading.shaped(path + ".name", cluster == null ? null : cluster.name(), Shape.RESOURCE);
    var zone = reading.shaped(path + ".zone", cluster == null ? null : cluster.zone(), Shape.ZONE);
    return name.flatMap(n -> zone.map(z -> new FleetCare.Cluster(n, z)));
  }

  private Duration lasts(String path, @Nullable String text, Duration byDefault) {
    return reading.lasts(path, text, Shape.FLEET_LASTS).orElse(byDefault);
  }
}
