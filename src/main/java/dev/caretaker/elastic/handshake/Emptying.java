package dev.caretaker.elastic.handshake;

import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.kernel.Refusal;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which machines are being emptied, by an exclusion of their names.
 *
 * @param nodes whose exclusion shall stand now, until they are empty and gone
 * @param barred released and gone; whatever starts them again, they get nothing any more
 * @param refusals why others that are asked for are not yet
 * @param waits whether one is only kept waiting by the set that a rollout has begun
 */
public record Emptying(
    SortedSet<NodeName> nodes, SortedSet<NodeName> barred, List<Refusal> refusals, boolean waits) {
  public Emptying {
    nodes = Collections.unmodifiableSortedSet(new TreeSet<>(nodes));
    barred = Collections.unmodifiableSortedSet(new TreeSet<>(barred));
    refusals = List.copyOf(refusals);
  }
}
