package dev.caretaker.world;

import dev.caretaker.elastic.model.ShardId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A shard: its copies, whom the master trusts, and what writers were promised. */
final class Shard {
  final ShardId id;
  final WorldIndex index;

  /** Of each copy. */
  long bytes;

  final List<Copy> copies = new ArrayList<>();
  final Set<String> inSync = new LinkedHashSet<>();

  /** Writes that were acknowledged. */
  long acknowledged;

  /** The last tick at which something other than Caretaker struck a machine that stores it. */
  long faultAt = World.LONG_AGO;

  private int allocations;

  Shard(ShardId id, WorldIndex index, long bytes) {
    this.id = id;
    this.index = index;
    this.bytes = bytes;
  }

  Copy primary() {
    for (var copy : copies) {
      if (copy.primary) {
        return copy;
      }
    }
    throw new IllegalStateException("no primary of " + id);
  }

  boolean red() {
    return !primary().active();
  }

  boolean allActive() {
    for (var copy : copies) {
      if (!copy.active()) {
        return false;
      }
    }
    return true;
  }

  boolean isOn(Machine machine) {
    for (var copy : copies) {
      if (copy.touches(machine)) {
        return true;
      }
    }
    return false;
  }

  String nextAllocationId() {
    return "a" + allocations++;
  }

  /** Whether the disk holds what the master would trust. */
  boolean trusts(Machine machine) {
    var stored = machine.store.get(this);
    return stored != null && inSync.contains(stored.allocationId);
  }

  @Override
  public String toString() {
    return id.toString();
  }
}
