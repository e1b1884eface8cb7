package dev.caretaker.world;

import dev.caretaker.elastic.model.ShardCopy.State;

/** People and programs that write; a write is acknowledged when every trusted copy took it. */
final class Writers {
  private final World world;

  Writers(World world) {
    this.world = world;
  }

  void tick() {
    for (var shard : world.shards) {
      int every = shard.index.writeEvery;
      if (every > 0 && world.now % every == 0) {
        write(shard);
      }
    }
  }

  private void write(Shard shard) {
    var primary = shard.primary();
    if (!primary.active() || !allAnswer(shard) || flooded(shard)) {
      return;
    }
    if (!forgetAbsent(shard)) {
      return;
    }
    shard.acknowledged++;
    if (shard.index.growsBy > 0) {
      shard.bytes += shard.index.growsBy;
      world.grown = true;
    }
    for (var copy : shard.copies) {
      var machine = copy.machine;
      var stored = machine == null ? null : machine.store.get(shard);
      if (copy.inSync() && stored != null) {
        stored.documents = shard.acknowledged;
        stored.bytes = shard.bytes;
      }
    }
  }

  /** A copy that hangs or died unnoticed holds up the write. */
  private boolean allAnswer(Shard shard) {
    for (var copy : shard.copies) {
      var machine = copy.machine;
      if (copy.active() && (machine == null || !machine.up(world.now))) {
        return false;
      }
    }
    return true;
  }

  private boolean flooded(Shard shard) {
    for (var copy : shard.copies) {
      if (copy.state == State.STARTED && copy.machine != null && copy.machine.flooded) {
        return true;
      }
    }
    return false;
  }

  /** One write after a replica left takes it out of the in-sync set; only a master can do that. */
  private boolean forgetAbsent(Shard shard) {
    int active = 0;
    for (var copy : shard.copies) {
      active += copy.inSync() ? 1 : 0;
    }
    if (active == shard.inSync.size()) {
      return true;
    }
    if (!world.membership.hasMaster()) {
      return false;
    }
    shard.inSync.retainAll(Placement.activeIds(shard));
    world.changed();
    return true;
  }
}
