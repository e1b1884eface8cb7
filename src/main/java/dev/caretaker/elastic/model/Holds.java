package dev.caretaker.elastic.model;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a stage needs the cluster not to do while the stage lasts.
 *
 * @param freeze replicas of a stopped node are not rebuilt elsewhere ({@code new_primaries})
 * @param quiet the engine does not rebalance while Caretaker moves shards
 * @param empty nodes, by id, that shall not receive shards
 */
public record Holds(boolean freeze, boolean quiet, SortedSet<NodeId> empty) {
  public static final Holds NONE = new Holds(false, false, new TreeSet<>());
  public static final Holds QUIET = new Holds(false, true, new TreeSet<>());

  public Holds {
    empty = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(empty));
  }

  /** A freeze, which is always quiet, with nodes that new primaries shall avoid. */
  public static Holds frozen(SortedSet<NodeId> avoiding) {
    return new Holds(true, true, avoiding);
  }

  public Holds and(Holds other) {
    var both = new TreeSet<>(empty);
    both.addAll(other.empty);
    return new Holds(freeze || other.freeze, quiet || other.quiet, both);
  }

  /** One word a hold, for the status. */
  public List<String> words() {
    var words = new ArrayList<String>();
    if (freeze) {
      words.add("Freeze");
    }
    if (quiet) {
      words.add("Quiet");
    }
    empty.forEach(id -> words.add("Empty(" + id + ")"));
    return List.copyOf(words);
  }
}
