package dev.caretaker.elastic.rollout;

import dev.caretaker.elastic.action.EsAction;
import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.NodeView;
import dev.caretaker.elastic.model.ShardCopy;
import dev.caretaker.elastic.model.ShardId;
import dev.caretaker.elastic.shelter.Placement;
import dev.caretaker.elastic.shelter.Transfers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts a raised replica count back only when every copy is started and, whichever replica the
 * engine removes, a copy in a reliable zone remains for each shard that has one now.
 */
final class LoweringReplicas {
  private final RolloutQuestion question;
  private final ClusterView cluster;
  private final Placement placement;
  private final Transfers transfers;

  LoweringReplicas(RolloutQuestion question) {
    this.question = question;
    this.cluster = question.cluster();
    this.placement = question.placement();
    this.transfers = new Transfers(cluster);
  }

  /**
   * What may be asked for now.
   *
   * @param actions changes of counts, and the moves that make others safe, a few at a time
   * @param stuck indices with a shard for which no such move can be found
   */
  record Plan(List<EsAction> actions, List<String> stuck) {
    Plan {
      actions = List.copyOf(actions);
      stuck = List.copyOf(stuck);
    }
  }

  Plan plan(Map<String, Integer> replicasBefore) {
    var actions = new ArrayList<EsAction>();
    var stuck = new ArrayList<String>();
    replicasBefore.forEach(
        (index, before) -> {
          if (question.isRaised(index, before)) {
            lower(index, before, actions, stuck);
          }
        });
    return new Plan(actions, stuck);
  }

  private void lower(String index, int before, List<EsAction> actions, List<String> stuck) {
    var shards = cluster.shardsOf(index).keySet();
    if (!shards.stream().allMatch(this::allStarted)) {
      return;
    }
    var endangered = shards.stream().filter(this::wouldLoseItsReliableCopy).toList();
    if (endangered.isEmpty()) {
      actions.add(new EsAction.SetReplicas(index, before + 1, before));
      return;
    }
    for (var shard : endangered) {
      var move = secondReliableCopy(shard);
      if (move.isPresent()) {
        move.filter(transfers::begin).ifPresent(actions::add);
      } else if (!stuck.contains(index)) {
        stuck.add(index);
      }
    }
  }

  private boolean allStarted(ShardId shard) {
    return cluster.copiesOf(shard).stream()
        .allMatch(copy -> copy.state() == ShardCopy.State.STARTED && answers(copy));
  }

  /** The copies on a frozen node are listed as started for half a minute. */
  private boolean answers(ShardCopy copy) {
    return copy.node().flatMap(cluster::node).filter(NodeView::answers).isPresent();
  }

  private boolean wouldLoseItsReliableCopy(ShardId shard) {
    var reliable = cluster.copiesOf(shard).stream().filter(this::reliable).toList();
    return reliable.size() == 1 && !reliable.get(0).primary();
  }

  private Optional<EsAction> secondReliableCopy(ShardId shard) {
    for (var copy : cluster.copiesOf(shard)) {
      if (!reliable(copy) && copy.node().isPresent()) {
        var from = copy.node().get();
        var move =
            cluster.nodes().stream()
                .filter(node -> node.answers() && reliable(node))
                .filter(node -> placement.objection(shard, node, copy.node()).isEmpty())
                .sorted(
                    Comparator.comparing((NodeView node) -> transfers.at(node.id()))
                        .thenComparing(NodeView::id))
                .map(node -> (EsAction) new EsAction.MoveShard(shard, from, node.id()))
                .filter(action -> !question.wasRefused(action))
                .findFirst();
        if (move.isPresent()) {
          return move;
        }
      }
    }
    return Optional.empty();
  }

  private boolean reliable(ShardCopy copy) {
    return copy.node().flatMap(cluster::node).filter(this::reliable).isPresent();
  }

  private boolean reliable(NodeView node) {
    return node.zone().filter(question.policy()::reliable).isPresent();
  }
}
