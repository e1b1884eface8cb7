package dev.caretaker.world;

import dev.caretaker.elastic.model.ShardCopy.State;
import java.util.HashSet;

/** How much each machine holds, sends and receives; counted once after each change. */
final class Loads {
  private final World world;
  private long version = -1;
  private int zones;

  Loads(World world) {
    this.world = world;
  }

  /** Zones with a data node in the cluster, excluded nodes included. */
  int zones() {
    return zones;
  }

  void refresh() {
    if (version == world.version) {
      return;
    }
    version = world.version;
    var present = new HashSet<Object>();
    for (var machine : world.machines) {
      machine.copies = 0;
      machine.incoming = 0;
      machine.outgoing = 0;
      machine.arriving = 0;
      machine.leaving = 0;
      machine.coming = 0;
      if (machine.member && machine.holdsData()) {
        present.add(machine.zone);
      }
    }
    zones = present.size();
    world.indices.values().forEach(index -> index.copiesOn.clear());
    for (var shard : world.shards) {
      for (var copy : shard.copies) {
        count(shard, copy);
      }
    }
  }

  private static void count(Shard shard, Copy copy) {
    var machine = copy.machine;
    var target = copy.target;
    var at = target != null ? target : machine;
    if (at == null || machine == null) {
      return;
    }
    at.copies++;
    shard.index.copiesOn.merge(at, 1, Integer::sum);
    if (target != null) {
      target.incoming++;
      machine.outgoing++;
      target.arriving += shard.bytes;
      target.coming += shard.bytes;
      machine.leaving += shard.bytes;
    } else if (copy.state == State.INITIALIZING && !copy.primary) {
      machine.incoming++;
      machine.coming += shard.bytes;
      var source = shard.primary().machine;
      if (source != null) {
        source.outgoing++;
      }
    }
  }
}
