package dev.caretaker.world;

import dev.caretaker.elastic.model.ShardCopy.State;
import java.util.ArrayList;
import java.util.List;

/** What happens to copies: they leave with their node, are promoted, recover, move and start. */
final class Placement {
  private final World world;

  Placement(World world) {
    this.world = world;
  }

  /** Takes every copy off a node that the master has removed. */
  void nodeLeft(Machine machine) {
    for (var shard : world.shards) {
      if (shard.isOn(machine)) {
        boolean red = shard.red();
        leave(shard, machine);
        if (!red && shard.red()) {
          world.log(shard + " turns red, for " + machine + " left");
        }
      }
    }
    world.changed();
  }

  private void leave(Shard shard, Machine machine) {
    boolean lostPrimary = false;
    waste(shard, machine);
    for (var copy : shard.copies) {
      if (copy.target == machine) {
        cancelRelocation(copy);
      } else if (copy.machine == machine) {
        lostPrimary |= copy.primary;
        cancelRelocation(copy);
        copy.leftFrom = machine;
        copy.leftAt = world.now;
        copy.provoked = machine.stoppedByUs;
        copy.provokedAt = world.now;
        copy.unassign(Copy.NODE_LEFT, world.now + shard.index.delayedTimeout);
      }
    }
    if (lostPrimary) {
      promote(shard);
    }
  }

  /** Recoveries that a stop of Caretaker's throws away, though they were there to be seen. */
  private void waste(Shard shard, Machine machine) {
    var primary = shard.primary().machine;
    for (var copy : shard.copies) {
      boolean ends = copy.touches(machine) || (!copy.primary && primary == machine);
      if (machine.stoppedByUs && ends && copy.recovering() && copy.since < machine.stoppedOnView) {
        world.wasted.add(shard + " was on its way when " + machine + " was stopped");
      }
    }
  }

  private void promote(Shard shard) {
    var old = shard.primary();
    for (var copy : shard.copies) {
      if (!copy.primary && copy.inSync()) {
        old.primary = false;
        copy.primary = true;
        break;
      }
    }
    // whoever recovered from the old primary starts again
    for (var copy : shard.copies) {
      if (!copy.primary && copy.state == State.INITIALIZING) {
        fail(copy);
      }
    }
  }

  /** Ends a recovery without success. */
  void fail(Copy copy) {
    var receiver = copy.receiver();
    if (copy.state == State.RELOCATING) {
      cancelRelocation(copy);
    } else if (receiver != null) {
      copy.unassign(Copy.ALLOCATION_FAILED, world.now);
    }
  }

  private void cancelRelocation(Copy copy) {
    if (copy.state == State.RELOCATING) {
      var target = copy.target;
      if (target != null) {
        target.store.remove(copy.shard);
      }
      copy.target = null;
      copy.state = State.STARTED;
      copy.doneAt = World.NEVER;
    }
  }

  /** Starts an unassigned copy on a machine, from its own disk where that is trusted. */
  void initialize(Copy copy, Machine machine) {
    var shard = copy.shard;
    world.log((copy.primary ? "primary of " : "replica of ") + shard + " starts on " + machine);
    copy.state = State.INITIALIZING;
    copy.since = world.now;
    copy.steeredAt = world.foreignWriteAt;
    copy.machine = machine;
    var stored = machine.store.get(shard);
    if (copy.primary) {
      if (stored == null) {
        stored = new Stored(shard.nextAllocationId(), 0, shard.bytes);
        machine.store.put(shard, stored);
      }
      copy.allocationId = stored.allocationId;
      copy.doneAt = world.now + 1;
    } else {
      copy.allocationId = shard.nextAllocationId();
      world.transfers.replica(copy, machine, stored);
      long documents = stored == null ? 0 : stored.documents;
      machine.store.put(shard, new Stored(copy.allocationId, documents, shard.bytes));
    }
    world.changed();
  }

  void relocate(Copy copy, Machine target) {
    world.log(copy.shard + " moves from " + copy.machine + " to " + target);
    copy.state = State.RELOCATING;
    copy.since = world.now;
    copy.steeredAt = world.foreignWriteAt;
    copy.target = target;
    world.transfers.relocation(copy, target);
    target.store.put(copy.shard, new Stored("", 0, copy.shard.bytes));
    world.changed();
  }

  /** Finishes the recoveries that are due. */
  void finish() {
    boolean any = false;
    for (var shard : world.shards) {
      for (var copy : shard.copies) {
        if (copy.doneAt <= world.now && canFinish(copy)) {
          finish(copy);
          any = true;
        }
      }
    }
    if (any) {
      forgetLeftovers();
      world.changed();
    }
  }

  /** Bytes do not flow while an end is frozen or dead, or was started anew since. */
  private boolean canFinish(Copy copy) {
    var receiver = copy.receiver();
    var source = copy.primary ? copy.machine : copy.shard.primary().machine;
    boolean sourceUp = source != null && source.up(world.now) && source.isAsKnown();
    boolean receiverUp = receiver != null && receiver.up(world.now) && receiver.isAsKnown();
    return receiverUp && sourceUp && world.membership.hasMaster();
  }

  private void finish(Copy copy) {
    var shard = copy.shard;
    var receiver = copy.receiver();
    if (receiver == null) {
      throw new IllegalStateException("nothing recovers in " + shard);
    }
    var stored = receiver.store.get(shard);
    if (stored == null) {
      throw new IllegalStateException("no store of " + shard + " on " + receiver);
    }
    if (copy.state == State.RELOCATING || !copy.primary) {
      copy.recovery = world.transfers.told(copy, receiver);
    }
    stored.bytes = shard.bytes;
    if (copy.state == State.RELOCATING) {
      moved(copy, receiver, stored);
    } else {
      if (!copy.primary) {
        stored.documents = documents(shard.primary());
      }
      copy.state = State.STARTED;
      shard.inSync.add(copy.allocationId);
      // back where it was before: nothing was built that had not been there
      copy.provoked &= copy.leftFrom != receiver;
    }
    copy.leftFrom = null;
    copy.doneAt = World.NEVER;
    trimInSync(shard);
  }

  private void moved(Copy copy, Machine receiver, Stored stored) {
    var shard = copy.shard;
    var source = copy.machine;
    stored.documents = documents(copy);
    stored.allocationId = shard.nextAllocationId();
    shard.inSync.remove(copy.allocationId);
    shard.inSync.add(stored.allocationId);
    if (source != null) {
      source.store.remove(shard);
    }
    copy.allocationId = stored.allocationId;
    copy.machine = receiver;
    copy.target = null;
    copy.state = State.STARTED;
  }

  private static long documents(Copy copy) {
    var machine = copy.machine;
    var stored = machine == null ? null : machine.store.get(copy.shard);
    return stored == null ? 0 : stored.documents;
  }

  /** The set never outgrows the copies that the index wants. */
  private static void trimInSync(Shard shard) {
    if (shard.inSync.size() > shard.copies.size()) {
      shard.inSync.retainAll(activeIds(shard));
    }
  }

  static List<String> activeIds(Shard shard) {
    var ids = new ArrayList<String>(shard.copies.size());
    for (var copy : shard.copies) {
      if (copy.active()) {
        ids.add(copy.allocationId);
      }
    }
    return ids;
  }

  /** What no copy uses is deleted once every copy of the shard is there. */
  void forgetLeftovers() {
    for (var shard : world.shards) {
      if (shard.allActive()) {
        for (var machine : world.machines) {
          if (machine.member && machine.store.containsKey(shard) && !shard.isOn(machine)) {
            machine.store.remove(shard);
          }
        }
      }
    }
  }

  void setReplicas(WorldIndex index, int replicas) {
    index.replicas = replicas;
    for (var shard : index.shards) {
      while (shard.copies.size() < replicas + 1) {
        shard.copies.add(new Copy(shard, false, Copy.REPLICA_ADDED));
      }
      while (shard.copies.size() > replicas + 1) {
        drop(shard);
      }
    }
    forgetLeftovers();
    world.changed();
  }

  /** Unassigned ones go first; among the others nobody chooses. */
  private void drop(Shard shard) {
    var replicas = new ArrayList<Copy>();
    for (var copy : shard.copies) {
      if (!copy.primary) {
        replicas.add(copy);
      }
    }
    var unassigned = replicas.stream().filter(copy -> !copy.active()).findFirst();
    var victim = unassigned.orElseGet(() -> replicas.get(world.random.nextInt(replicas.size())));
    cancelRelocation(victim);
    shard.inSync.remove(victim.allocationId);
    var machine = victim.machine;
    if (machine != null) {
      machine.store.remove(shard);
    }
    shard.copies.remove(victim);
  }
}
