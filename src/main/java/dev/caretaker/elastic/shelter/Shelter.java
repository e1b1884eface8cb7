package dev.caretaker.elastic.shelter;

import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.NodeId;
import dev.caretaker.elastic.model.NodeView;
import dev.caretaker.elastic.model.ShardCopy;
import dev.caretaker.elastic.model.ShardId;
import dev.caretaker.elastic.policy.EsPolicy;
import dev.caretaker.elastic.policy.RolloutPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The goal that every shard on a set of nodes has a started in-sync copy where it is safe while the
 * set is away: outside it, in a reliable zone, or, where that is all that is asked, on any other
 * node.
 */
public final class Shelter {
  private final EsPolicy policy;
  private final ClusterView view;
  private final Set<NodeId> set;
  private final Instant now;
  private final Set<NodeId> safe = new HashSet<>();

  public Shelter(EsPolicy policy, ClusterView view, Set<NodeId> set, Instant now) {
    this.policy = policy;
    this.view = view;
    this.set = Set.copyOf(set);
    this.now = now;
    boolean reliableOnly = reliableOnly();
    view.nodes().stream()
        .filter(node -> node.holdsData() && !set.contains(node.id()))
        // A frozen node is listed with started copies for half a minute and serves none of them.
        .filter(NodeView::answers)
        .filter(node -> !reliableOnly || reliable(node))
        .forEach(node -> safe.add(node.id()));
  }

  /** Shards on the set that would be without a safe copy, in order. */
  public List<ShardId> exposed() {
    var exposed = new ArrayList<ShardId>();
    for (var each : view.copies().entrySet()) {
      if (isExposed(each.getValue()) && !accepted(each.getKey())) {
        exposed.add(each.getKey());
      }
    }
    return exposed;
  }

  private boolean isExposed(List<ShardCopy> group) {
    boolean onSet = false;
    for (var copy : group) {
      if (shelters(copy)) {
        return false;
      }
      onSet |= copy.isOnAny(set);
    }
    return onSet;
  }

  /** Whether a copy on this node would be a shelter. */
  public boolean isSafe(NodeId node) {
    return safe.contains(node);
  }

  public boolean isOnSet(NodeId node) {
    return set.contains(node);
  }

  /** Nodes on which a copy would be a shelter. */
  public List<NodeView> safeNodes() {
    return view.nodes().stream().filter(node -> safe.contains(node.id())).toList();
  }

  private boolean shelters(ShardCopy copy) {
    return copy.isSafeCopy()
        && copy.isOnAny(safe)
        && copy.relocatingTo().filter(target -> !safe.contains(target)).isEmpty();
  }

  private boolean accepted(ShardId shard) {
    return hasNoReplicas(shard) && policy.rollout().acceptsZeroReplicas(shard.index(), now);
  }

  /** Away with its node, such a shard is away altogether. */
  public boolean hasNoReplicas(ShardId shard) {
    var index = view.indices().get(shard.index());
    return index != null && index.replicas() == 0;
  }

  /**
   * A lone reliable node can only be bounced with its zone named in {@code rollout.accept}. That is
   * said of its own bounce; when it fails, it is no leave to stop others.
   */
  private boolean reliableOnly() {
    var rollout = policy.rollout();
    boolean asked = rollout.shelter() == RolloutPolicy.Shelter.REQUIRED && policy.hasRiskyZone();
    if (!asked) {
      return false;
    }
    var lone = view.nodes().stream().filter(node -> node.holdsData() && reliable(node)).toList();
    boolean goes = !lone.isEmpty() && lone.stream().allMatch(node -> set.contains(node.id()));
    return !goes || !rollout.accepts(RolloutPolicy.Structural.SINGLE_NODE_ZONE, now);
  }

  private boolean reliable(NodeView node) {
    return node.zone().filter(policy::reliable).isPresent();
  }
}
