package dev.caretaker.elastic.model;

import java.util.Optional;
import java.util.Set;

/**
 * One copy of a shard, as the routing table lists it. A relocation is listed once, at its source.
 *
 * @param node where it is; empty exactly when unassigned
 * @param relocatingTo the target of a relocation; present exactly when relocating
 * @param inSync whether the copy's allocation id is in the in-sync set of the metadata
 * @param unassignedBecause the engine's word, such as {@code NODE_LEFT}, {@code INDEX_CREATED};
 *     present for unassigned and initializing copies that once were unassigned
 */
public record ShardCopy(
    ShardId shard,
    boolean primary,
    State state,
    Optional<NodeId> node,
    Optional<NodeId> relocatingTo,
    boolean inSync,
    Optional<String> unassignedBecause) {

  /** The engine's states of a copy. */
  public enum State {
    UNASSIGNED,
    INITIALIZING,
    STARTED,
    RELOCATING
  }

  /** Whether this copy could serve alone: started (or moving away, still serving) and in sync. */
  public boolean isSafeCopy() {
    return active() && inSync;
  }

  public boolean active() {
    return state == State.STARTED || state == State.RELOCATING;
  }

  /** Being built, or moving away. */
  public boolean underWay() {
    return state == State.INITIALIZING || state == State.RELOCATING;
  }

  public boolean isOn(NodeId id) {
    return node.filter(id::equals).isPresent();
  }

  public boolean isOnAny(Set<NodeId> ids) {
    return node.filter(ids::contains).isPresent();
  }

  /** On the node, or on its way to it. */
  public boolean touches(NodeId id) {
    return isOn(id) || relocatingTo.filter(id::equals).isPresent();
  }
}
