package dev.caretaker.plan;

import dev.caretaker.elastic.EsDecision;
import dev.caretaker.elastic.action.EsAction;
import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.Mark;
import dev.caretaker.elastic.model.NodeId;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.NodeView;
import dev.caretaker.elastic.model.ShardId;
import dev.caretaker.elastic.policy.EsPolicy;
import dev.caretaker.elastic.rollout.RolloutProgress;
import dev.caretaker.kernel.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells steps apart in what the passes of a simulated world decide. */
final class Steps {
  private final EsPolicy policy;
  private final List<PlanStep> done = new ArrayList<>();
  private @Nullable OpenStep open;
  private @Nullable OpenStep unbegun;
  private long last;

  /**
   * Begins with none.
   *
   * @param since the virtual second at which the first step begins
   */
  Steps(EsPolicy policy, long since) {
    this.policy = policy;
    this.last = since;
  }

  /** Takes in what one pass decided at that virtual second, on that view. */
  void note(long now, ClusterView cluster, EsDecision decision) {
    if (open != null) {
      open.lasted(now - last);
    }
    last = now;
    var set = set(decision);
    if (!set.isEmpty()) {
      become(PlanStep.Kind.BOUNCE, set, now, cluster);
    } else if (drains(decision) && !excluded(cluster).isEmpty()) {
      become(PlanStep.Kind.DRAIN, excluded(cluster), now, cluster);
    } else if (decision.progress().rollout().isEmpty()) {
      close(now);
    }
    if (open != null) {
      open.holds(decision);
      decision.actions().forEach(action -> did(open, action, cluster));
    }
  }

  /** Everything that was begun until now. */
  List<PlanStep> all() {
    close(last);
    return List.copyOf(done);
  }

  private void become(PlanStep.Kind kind, List<String> nodes, long now, ClusterView cluster) {
    if (open != null && open.is(kind, nodes)) {
      return;
    }
    close(now);
    open = new OpenStep(kind, nodes, zones(nodes, cluster), now);
    if (unbegun != null) {
      open.takesOver(unbegun);
      unbegun = null;
    }
    if (kind == PlanStep.Kind.DRAIN) {
      var ids = ids(nodes, cluster);
      cluster
          .allCopies()
          .filter(copy -> copy.node().filter(ids::contains).isPresent())
          .forEach(copy -> open.leaves(cluster.sizeOf(copy.shard())));
    }
  }

  private void close(long now) {
    if (open != null && open.begun()) {
      done.add(open.end(now));
    } else if (open != null) {
      unbegun = open;
    }
    open = null;
  }

  private static List<String> set(EsDecision decision) {
    return decision.progress().rollout().map(RolloutProgress::set).orElse(List.of()).stream()
        .map(Mark.Member::name)
        .map(NodeName::value)
        .toList();
  }

  /** Whether nothing is bounced, and copies still have to leave. */
  static boolean drains(EsDecision decision) {
    return decision.progress().rollout().isEmpty()
        && decision.conditions().stream()
            .anyMatch(
                each -> each.type().equals("Drained") && each.truth() == Condition.Truth.FALSE);
  }

  private List<String> excluded(ClusterView cluster) {
    var allocation = policy.allocation();
    return cluster.nodes().stream()
        .filter(
            node ->
                allocation.excludeNodes().contains(node.name())
                    || node.zone()
                        .filter(zone -> allocation.excludeZones().contains(zone))
                        .isPresent())
        .map(node -> node.name().value())
        .sorted()
        .toList();
  }

  private static List<String> zones(List<String> nodes, ClusterView cluster) {
    return nodes.stream()
        .flatMap(name -> cluster.node(new NodeName(name)).stream())
        .flatMap(node -> node.zone().stream())
        .map(Objects::toString)
        .distinct()
        .toList();
  }

  private static Set<NodeId> ids(List<String> nodes, ClusterView cluster) {
    return nodes.stream()
        .flatMap(name -> cluster.node(new NodeName(name)).stream())
        .map(NodeView::id)
        .collect(Collectors.toSet());
  }

  private static void did(OpenStep step, EsAction action, ClusterView cluster) {
    if (action instanceof EsAction.MoveShard move) {
      var from = name(move.from(), cluster);
      var to = name(move.to(), cluster);
      var bytes = cluster.sizeOf(move.shard());
      step.moves(new PlanStep.Move(move.shard().toString(), from, to, bytes));
    } else if (action instanceof EsAction.SetReplicas set && set.to() > set.from()) {
      long bytes =
          cluster.shardsOf(set.index()).keySet().stream()
              .mapToLong((ShardId shard) -> cluster.sizeOf(shard).value())
              .sum();
      step.raises(new PlanStep.Raise(set.index(), set.from(), set.to()), bytes);
    }
  }

  private static String name(NodeId id, ClusterView cluster) {
    return cluster.node(id).map(node -> node.name().value()).orElse(id.value());
  }
}
