package dev.caretaker.world;

import dev.caretaker.elastic.model.Recovery;
import dev.caretaker.elastic.model.ShardCopy;
import dev.caretaker.elastic.model.ShardCopy.State;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One line of the routing table. A relocation is one copy with a target. */
final class Copy {
  static final String INDEX_CREATED = "INDEX_CREATED";
  static final String NODE_LEFT = "NODE_LEFT";
  static final String REPLICA_ADDED = "REPLICA_ADDED";
  static final String ALLOCATION_FAILED = "ALLOCATION_FAILED";

  final Shard shard;
  boolean primary;
  State state = State.UNASSIGNED;
  @Nullable Machine machine;
  @Nullable Machine target;

  /** Empty while unassigned; of a relocation it is the source's. */
  String allocationId = "";

  /** When the recovery under way began. */
  long since = World.LONG_AGO;

  /** When somebody else had last changed settings as the last recovery began. */
  long steeredAt = World.LONG_AGO;

  /** When the recovery under way ends. */
  long doneAt = World.NEVER;

  /** What the recovery under way copies over the network. */
  long copies;

  /** Whether the recovery under way found its data on the disk. */
  boolean returns;

  /** How it came to where it is, if it came from another node. */
  @Nullable Recovery recovery;

  String reason;

  /** A replica that lost its node waits for it until then. */
  long delayedUntil;

  /** Whether this recovery, or the one it came from, would not have been without Caretaker. */
  boolean provoked;

  /** When Caretaker did what provoked it. */
  long provokedAt = World.LONG_AGO;

  /** Whether the recovery under way was commanded, not chosen by the allocator. */
  boolean byCommand;

  /** Whose absence this copy, or the recovery that replaces it, comes from. */
  @Nullable Machine leftFrom;

  /** When it lost that machine. */
  long leftAt = World.LONG_AGO;

  Copy(Shard shard, boolean primary, String reason) {
    this.shard = shard;
    this.primary = primary;
    this.reason = reason;
  }

  boolean active() {
    return state == State.STARTED || state == State.RELOCATING;
  }

  boolean recovering() {
    return state == State.INITIALIZING || state == State.RELOCATING;
  }

  boolean unassigned() {
    return state == State.UNASSIGNED;
  }

  boolean inSync() {
    return active() && shard.inSync.contains(allocationId);
  }

  /** Where bytes arrive, if they do. */
  @Nullable Machine receiver() {
    return state == State.RELOCATING ? target : state == State.INITIALIZING ? machine : null;
  }

  boolean touches(Machine other) {
    return machine == other || target == other;
  }

  /** Whether it is here, or on its way here, by what Caretaker did after that second. */
  boolean sentTo(Machine other, long after) {
    var at = target != null ? target : machine;
    return provoked && provokedAt > after && at == other;
  }

  void provoke(long now) {
    provoked = true;
    provokedAt = now;
  }

  void unassign(String why, long delayUntil) {
    state = State.UNASSIGNED;
    machine = null;
    target = null;
    allocationId = "";
    doneAt = World.NEVER;
    recovery = null;
    byCommand = false;
    reason = why;
    delayedUntil = delayUntil;
  }

  ShardCopy view() {
    var tells = state == State.UNASSIGNED || state == State.INITIALIZING;
    return new ShardCopy(
        shard.id,
        primary,
        state,
        Optional.ofNullable(machine).map(each -> each.id),
        Optional.ofNullable(target).map(each -> each.id),
        inSync(),
        tells ? Optional.of(reason) : Optional.empty());
  }
}
