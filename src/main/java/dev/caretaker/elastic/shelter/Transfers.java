package dev.caretaker.elastic.shelter;

import dev.caretaker.elastic.action.EsAction;
import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.NodeId;
import dev.caretaker.elastic.model.ShardCopy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Copies that travel into and out of each node, those included that are about to be asked for. */
public final class Transfers {
  /** As many as the engine lets recover in and out of a node by default; moves ignore its limit. */
  private static final int MOST_PER_NODE = 2;

  private final Map<NodeId, Integer> underWay = new HashMap<>();

  public Transfers(ClusterView view) {
    view.allCopies().forEach(this::count);
  }

  private void count(ShardCopy copy) {
    if (copy.state() == ShardCopy.State.INITIALIZING) {
      copy.node().ifPresent(this::add);
    }
    if (copy.relocatingTo().isPresent()) {
      add(copy.relocatingTo().get());
      copy.node().ifPresent(this::add);
    }
  }

  private void add(NodeId node) {
    underWay.merge(node, 1, Integer::sum);
  }

  public int at(NodeId node) {
    return underWay.getOrDefault(node, 0);
  }

  /** Counts the action if its ends have a free transfer; otherwise it has to wait for its turn. */
  public boolean begin(EsAction action) {
    var ends = ends(action);
    if (ends.stream().anyMatch(end -> at(end) >= MOST_PER_NODE)) {
      return false;
    }
    ends.forEach(this::add);
    return true;
  }

  private static List<NodeId> ends(EsAction action) {
    if (action instanceof EsAction.MoveShard move) {
      return List.of(move.from(), move.to());
    }
    return action instanceof EsAction.AllocateReplica allocate ? List.of(allocate.to()) : List.of();
  }
}
