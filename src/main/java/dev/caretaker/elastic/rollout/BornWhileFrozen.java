package dev.caretaker.elastic.rollout;

import dev.caretaker.elastic.action.EsAction;
import dev.caretaker.elastic.model.Mark;
import dev.caretaker.elastic.model.NodeId;
import dev.caretaker.elastic.model.NodeView;
import dev.caretaker.elastic.model.ShardCopy;
import dev.caretaker.elastic.model.ShardId;
import dev.caretaker.elastic.shelter.Placement;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Indices that were created during a freeze. The engine starts their primaries, outside the set;
 * their replicas wait for the thaw unless they are allocated explicitly.
 */
final class BornWhileFrozen {
  private static final Set<String> NEW = Set.of("INDEX_CREATED", "REPLICA_ADDED");

  private final RolloutQuestion question;
  private final Set<NodeId> set;
  private final Placement placement;

  BornWhileFrozen(RolloutQuestion question, List<Mark.Member> set) {
    this.question = question;
    this.placement = question.placement();
    this.set = set.stream().map(Mark.Member::id).collect(Collectors.toSet());
  }

  /** Explicit allocations for new shards that have one copy only. */
  List<EsAction> allocations() {
    return single().stream()
        .flatMap(shard -> target(shard).stream().map(node -> allocate(shard, node)))
        .toList();
  }

  /** New shards that have one copy only, and a place for a second. */
  List<ShardId> waiting() {
    return single().stream().filter(shard -> target(shard).isPresent()).toList();
  }

  private static EsAction allocate(ShardId shard, NodeView node) {
    return new EsAction.AllocateReplica(shard, node.id());
  }

  private List<ShardId> single() {
    return question.cluster().copies().entrySet().stream()
        .filter(each -> each.getValue().stream().anyMatch(BornWhileFrozen::isNewReplica))
        .filter(each -> each.getValue().stream().anyMatch(copy -> copy.primary() && copy.active()))
        .filter(each -> each.getValue().stream().filter(this::outside).count() < 2)
        .map(java.util.Map.Entry::getKey)
        .toList();
  }

  private static boolean isNewReplica(ShardCopy copy) {
    return !copy.primary()
        && copy.state() == ShardCopy.State.UNASSIGNED
        && copy.unassignedBecause().filter(NEW::contains).isPresent();
  }

  private boolean outside(ShardCopy copy) {
    return copy.node().filter(node -> !set.contains(node)).isPresent();
  }

  /** A reliable zone first; the exclusion of the set keeps the copy off the nodes that go. */
  private Optional<NodeView> target(ShardId shard) {
    return placement.targets(shard).stream()
        .filter(node -> !set.contains(node.id()))
        .filter(node -> !question.wasRefused(new EsAction.AllocateReplica(shard, node.id())))
        .min(
            Comparator.comparing((NodeView node) -> !reliable(node))
                .thenComparing(node -> placement.copiesOn(node.id()))
                .thenComparing(NodeView::id));
  }

  private boolean reliable(NodeView node) {
    return node.zone().filter(question.policy()::reliable).isPresent();
  }
}
