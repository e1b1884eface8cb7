package dev.caretaker.sandbox.watch;

import java.util.Optional;

/**
 * One copy of a shard as a routing table lists it.
 *
 * @param state as the engine writes it: STARTED, RELOCATING, INITIALIZING or UNASSIGNED
 * @param node name; empty where unassigned
 * @param relocatingNode where it goes, by name
 */
public record Copy(
    Shard shard,
    boolean primary,
    String state,
    Optional<String> node,
    Optional<String> relocatingNode) {

  /** A shard of an index. */
  public record Shard(String index, int number) {
    @Override
    public String toString() {
      return index + "[" + number + "]";
    }
  }

  /** Whether it serves. */
  public boolean active() {
    return state.equals("STARTED") || state.equals("RELOCATING");
  }

  /** Whether any of it is on the node, or on its way there. */
  public boolean touches(String name) {
    return node.filter(name::equals).isPresent() || relocatingNode.filter(name::equals).isPresent();
  }
}
