package dev.caretaker.world;

import dev.caretaker.elastic.model.ShardCopy.State;
import org.jspecify.annotations.Nullable;

/** What the master does with copies by itself: assign, move away, rebalance. */
final class Allocator {
  /** {@code node_concurrent_recoveries}, each way. */
  private static final int RECOVERIES = 2;

  /** {@code cluster_concurrent_rebalance}. */
  private static final int REBALANCES = 2;

  /** {@code cluster.routing.allocation.balance.threshold}. */
  private static final double THRESHOLD = 1.0;

  private final World world;

  Allocator(World world) {
    this.world = world;
  }

  void run() {
    for (var shard : world.shards) {
      assign(shard);
    }
    for (var shard : world.shards) {
      for (var copy : shard.copies) {
        moveAway(copy);
      }
    }
    rebalance();
  }

  /** When a delayed replica may be built elsewhere. */
  long nextDelay() {
    long next = World.NEVER;
    for (var shard : world.shards) {
      for (var copy : shard.copies) {
        if (copy.unassigned() && copy.delayedUntil > world.now) {
          next = Math.min(next, copy.delayedUntil);
        }
      }
    }
    return next;
  }

  private void assign(Shard shard) {
    var primary = shard.primary();
    if (primary.unassigned()) {
      assignPrimary(primary);
    }
    for (var copy : shard.copies) {
      if (!copy.primary && copy.unassigned() && primary.active()) {
        assignReplica(copy);
      }
    }
  }

  /** A primary that lived before is forced onto trusted data, whatever the deciders say. */
  private void assignPrimary(Copy primary) {
    var shard = primary.shard;
    if (shard.inSync.isEmpty()) {
      var best = lightest(primary, false);
      if (best != null) {
        world.placement.initialize(primary, best);
      }
      return;
    }
    for (var machine : world.machines) {
      if (usable(machine) && shard.trusts(machine)) {
        world.placement.initialize(primary, machine);
        return;
      }
    }
  }

  private void assignReplica(Copy replica) {
    if (!world.deciders.allows(replica)) {
      return;
    }
    var shard = replica.shard;
    boolean waits = false;
    for (var machine : world.machines) {
      if (usable(machine)
          && machine.store.containsKey(shard)
          && world.deciders.forbids(replica, machine) == null) {
        if (hasRoom(replica, machine)) {
          world.placement.initialize(replica, machine);
          return;
        }
        waits = true;
      }
    }
    // A node that has most of the copy on its disk and is only busy is waited for, however long.
    if (waits) {
      return;
    }
    if (replica.delayedUntil > world.now) {
      return;
    }
    var best = lightest(replica, true);
    if (best != null) {
      world.placement.initialize(replica, best);
    }
  }

  private @Nullable Machine lightest(Copy copy, boolean throttled) {
    Machine best = null;
    double least = Double.MAX_VALUE;
    for (var machine : world.machines) {
      double weight = weight(copy.shard.index, machine);
      if (usable(machine)
          && weight < least
          && world.deciders.forbids(copy, machine) == null
          && (!throttled || hasRoom(copy, machine))) {
        best = machine;
        least = weight;
      }
    }
    return best;
  }

  private boolean usable(Machine machine) {
    return machine.member && machine.holdsData();
  }

  private boolean hasRoom(Copy copy, Machine target) {
    var source =
        copy.state == State.STARTED && copy.machine != null
            ? copy.machine
            : copy.shard.primary().machine;
    world.count();
    return target.incoming < RECOVERIES && (source == null || source.outgoing < RECOVERIES);
  }

  private void moveAway(Copy copy) {
    var machine = copy.machine;
    if (copy.state != State.STARTED
        || machine == null
        || !world.deciders.allows(copy)
        || world.deciders.forbidsRemaining(copy, machine) == null) {
      return;
    }
    var best = lightest(copy, true);
    if (best != null) {
      copy.provoked = false;
      world.placement.relocate(copy, best);
    }
  }

  /** Moves at most a few copies from loaded machines to lighter ones. */
  private void rebalance() {
    int moving = 0;
    for (var shard : world.shards) {
      for (var copy : shard.copies) {
        moving += copy.state == State.RELOCATING ? 1 : 0;
      }
    }
    while (moving < REBALANCES && rebalanceOne()) {
      moving++;
    }
  }

  private boolean rebalanceOne() {
    Copy bestCopy = null;
    Machine bestTarget = null;
    double bestGain = THRESHOLD;
    for (var shard : world.shards) {
      for (var copy : shard.copies) {
        var machine = copy.machine;
        if (copy.state != State.STARTED || machine == null || !mayRebalance(copy)) {
          continue;
        }
        double here = weight(shard.index, machine);
        for (var target : world.machines) {
          double gain = here - weight(shard.index, target);
          if (gain > bestGain + 1e-9
              && usable(target)
              && world.deciders.forbids(copy, target) == null
              && hasRoom(copy, target)) {
            bestCopy = copy;
            bestTarget = target;
            bestGain = gain;
          }
        }
      }
    }
    if (bestCopy == null || bestTarget == null) {
      return false;
    }
    bestCopy.provoked = false;
    world.placement.relocate(bestCopy, bestTarget);
    return true;
  }

  private boolean mayRebalance(Copy copy) {
    return world.deciders.rebalances(copy) && world.deciders.allows(copy);
  }

  /** The engine's own weight: all shards count a little less than those of the same index. */
  private double weight(WorldIndex index, Machine machine) {
    world.count();
    return 0.45 * machine.copies + 0.55 * index.copiesOn(machine);
  }
}
