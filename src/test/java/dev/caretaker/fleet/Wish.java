package dev.caretaker.fleet;

import dev.caretaker.fleet.policy.FleetPolicy;
import dev.caretaker.fleet.policy.FleetPolicy.Shrink;
import dev.caretaker.fleet.policy.Limits;
import dev.caretaker.kernel.Utility;
import java.util.Optional;

/** A policy of which some is said otherwise. */
final class Wish {
  private final FleetPolicy like;
  Limits limits;
  Utility floor;
  Optional<Utility> demand;
  Shrink shrink;
  boolean paused;

  Wish(FleetPolicy like) {
    this.like = like;
    this.limits = like.limits();
    this.floor = like.floor();
    this.demand = like.demand();
    this.shrink = like.shrink();
    this.paused = like.paused();
  }

  FleetPolicy policy() {
    return new FleetPolicy(
        like.id(),
        like.template(),
        like.subnets(),
        like.budget(),
        like.prices(),
        limits,
        floor,
        demand,
        like.worth(),
        like.stateful(),
        shrink,
        like.joinWithin(),
        like.deletion(),
        like.rebalance(),
        paused,
        like.deleting());
  }
}
