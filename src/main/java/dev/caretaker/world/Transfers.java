package dev.caretaker.world;

import dev.caretaker.elastic.model.Recovery;
import dev.caretaker.kernel.Bytes;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How long copies take to come from one machine to another, and what is told of it later. */
final class Transfers {
  /** Behind by no more than this, a returning replica replays operations instead of copying. */
  private static final long FEW_WRITES = 40;

  private final World world;

  Transfers(World world) {
    this.world = world;
  }

  /** A replica begins to be built on a machine, on top of what its disk holds. */
  void replica(Copy copy, Machine machine, @Nullable Stored stored) {
    var shard = copy.shard;
    copy.returns = stored != null;
    copy.copies = shard.acknowledged > 0 && missesMuch(shard, stored) ? shard.bytes : 0;
    copy.doneAt = world.now + replicaTakes(copy, machine, stored);
  }

  private boolean missesMuch(Shard shard, @Nullable Stored stored) {
    return stored == null
        || (world.replays == 0 && shard.acknowledged - stored.documents > FEW_WRITES);
  }

  private long replicaTakes(Copy copy, Machine machine, @Nullable Stored stored) {
    if (copy.copies > 0) {
      return takes(copy.shard, copy.shard.primary().machine, machine);
    }
    long missed = stored == null ? 0 : copy.shard.acknowledged - stored.documents;
    long returning = Math.max(1, Math.round(world.pace.returning().toMillis() / 1000.0));
    return returning + (world.replays > 0 ? missed / world.replays : 0);
  }

  /** A copy begins to move. */
  void relocation(Copy copy, Machine target) {
    copy.returns = false;
    copy.copies = copy.shard.bytes;
    copy.doneAt = world.now + takes(copy.shard, copy.machine, target);
  }

  /** The slower end of a recovery sets its pace. */
  long takes(Shard shard, @Nullable Machine from, @Nullable Machine to) {
    return 2 + shard.bytes / Math.min(rate(from), rate(to));
  }

  private long rate(@Nullable Machine machine) {
    return machine == null || machine.bytesPerSecond == 0
        ? world.pace.bytesPerSecond()
        : machine.bytesPerSecond;
  }

  /** What the engine tells of a recovery that ends now. */
  Recovery told(Copy copy, Machine receiver) {
    return new Recovery(
        receiver.name,
        copy.returns,
        new Bytes(copy.copies),
        World.at(copy.since + receiver.clockSkew),
        Duration.ofSeconds(Math.max(1, world.now - copy.since)));
  }
}
