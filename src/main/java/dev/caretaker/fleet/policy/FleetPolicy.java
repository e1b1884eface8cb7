package dev.caretaker.fleet.policy;

import dev.caretaker.fleet.model.FleetId;
import dev.caretaker.fleet.model.LaunchTemplate;
import dev.caretaker.kernel.UsdPerHour;
import dev.caretaker.kernel.Utility;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What was asked of a fleet, parsed, defaults applied.
 *
 * @param budget what it may spend; outranked by safety and by the floor only
 * @param floor utility that is kept whatever the budget says
 * @param demand wanted utility; empty: pipelines say it, and the view has it
 * @param stateful its machines hold data: each leaves only once its node is proven empty
 * @param joinWithin a machine that is not at work by then is given back
 */
public record FleetPolicy(
    FleetId id,
    LaunchTemplate template,
    Set<String> subnets,
    UsdPerHour budget,
    PricePolicy prices,
    Limits limits,
    Utility floor,
    Optional<Utility> demand,
    Worth worth,
    boolean stateful,
    Shrink shrink,
    Duration joinWithin,
    Deletion deletion,
    Rebalance rebalance,
    boolean paused,
    boolean deleting) {

  /** How a fleet gets smaller. */
  public enum Shrink {
    /** Machines are asked to finish first; those without a workload go at once. */
    DRAIN,
    /** Machines go at once; only without a workload. */
    IMMEDIATE,
    /** No machine is given back, whatever it costs. */
    NEVER
  }

  /** What becomes of the machines when the resource is deleted. */
  public enum Deletion {
    /** They run on, with their tags, and are nobody's. */
    ORPHAN,
    /** Each leaves once it is released; without a workload that is at once. */
    DRAIN,
    /** They go at once; only without a workload. */
    TERMINATE
  }

  /** What a rebalance recommendation of EC2 does. */
  public enum Rebalance {
    /** Nothing: what it announces may never come. */
    IGNORE,
    /** The machine is replaced, few at a time. */
    REPLACE
  }

  public FleetPolicy {
    subnets = Set.copyOf(subnets);
    if (stateful && (shrink == Shrink.IMMEDIATE || deletion == Deletion.TERMINATE)) {
      throw new IllegalArgumentException("machines with data leave by handshake only");
    }
  }

  /** The same wish, paused. */
  public FleetPolicy still() {
    return with(true, deleting);
  }

  /** The same wish of a resource that is going away. */
  public FleetPolicy leaving() {
    return with(paused, true);
  }

  private FleetPolicy with(boolean pause, boolean delete) {
    return new FleetPolicy(
        id,
        template,
        subnets,
        budget,
        prices,
        limits,
        floor,
        demand,
        worth,
        stateful,
        shrink,
        joinWithin,
        deletion,
        rebalance,
        pause,
        delete);
  }

  /** Whether the resource goes and takes its machines with it. */
  public boolean isEnding() {
    return deleting && deletion != Deletion.ORPHAN;
  }

  /** The least utility, while the resource stays. */
  public Utility floorNow() {
    return isEnding() ? Utility.ZERO : floor;
  }
}
