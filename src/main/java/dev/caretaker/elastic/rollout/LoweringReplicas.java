package dev.caretaker.elastic.rollout;

import dev.caretaker.elastic.action.EsAction;
import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.NodeView;
import dev.caretaker.elastic.model.ShardCopy;
import dev.caretaker.elastic.model.ShardId;
import dev.caretaker.elastic.policy.EsPolicy;
import dev.caretaker.elastic.shelter.Placement;
import java.util.List;
import java.util.Optional;

/**
 * Puts a raised replica count back only when every copy is started and, whichever replica the
 * engine removes, a copy in a reliable zone remains for each shard that has one now.
 */
final class LoweringReplicas {
  private final EsPolicy policy;
  private final ClusterView cluster;
  private final Placement placement;

  LoweringReplicas(EsPolicy policy, ClusterView cluster) {
    this.policy = policy;
    this.cluster = cluster;
    this.placement = new Placement(cluster, policy.zoneAttribute());
  }

  /** The change of the count, or the moves that make it safe; nothing while copies are started. */
  List<EsAction> step(String index, int before) {
    var shards = cluster.copies().keySet().stream().filter(id -> id.index().equals(index)).toList();
    var replicas = cluster.indices().get(index);
    if (replicas == null || !shards.stream().allMatch(this::allStarted)) {
      return List.of();
    }
    var endangered = shards.stream().filter(this::wouldLoseItsReliableCopy).toList();
    if (endangered.isEmpty()) {
      return List.of(new EsAction.SetReplicas(index, replicas.replicas(), before));
    }
    return endangered.stream().map(this::secondReliableCopy).flatMap(Optional::stream).toList();
  }

  private boolean allStarted(ShardId shard) {
    return cluster.copiesOf(shard).stream()
        .allMatch(copy -> copy.state() == ShardCopy.State.STARTED);
  }

  private boolean wouldLoseItsReliableCopy(ShardId shard) {
    var reliable = cluster.copiesOf(shard).stream().filter(this::reliable).toList();
    return reliable.size() == 1 && !reliable.get(0).primary();
  }

  private Optional<EsAction> secondReliableCopy(ShardId shard) {
    for (var copy : cluster.copiesOf(shard)) {
      if (!reliable(copy) && copy.node().isPresent()) {
        var target =
            cluster.nodes().stream()
                .filter(node -> node.zone().filter(policy::reliable).isPresent())
                .filter(node -> placement.objection(shard, node, copy.node()).isEmpty())
                .min(java.util.Comparator.comparing(NodeView::id));
        if (target.isPresent()) {
          return Optional.of(new EsAction.MoveShard(shard, copy.node().get(), target.get().id()));
        }
      }
    }
    return Optional.empty();
  }

  private boolean reliable(ShardCopy copy) {
    return copy.node()
        .flatMap(cluster::node)
        .flatMap(NodeView::zone)
        .filter(policy::reliable)
        .isPresent();
  }
}
