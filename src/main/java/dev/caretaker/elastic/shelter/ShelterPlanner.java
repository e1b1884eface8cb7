package dev.caretaker.elastic.shelter;

import dev.caretaker.elastic.action.EsAction;
import dev.caretaker.elastic.action.RefusedAction;
import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.NodeId;
import dev.caretaker.elastic.model.NodeView;
import dev.caretaker.elastic.model.ShardCopy;
import dev.caretaker.elastic.model.ShardId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Finds, for each exposed shard, the cheapest way to a copy in safety. */
public final class ShelterPlanner {
  private final ClusterView view;
  private final Shelter shelter;
  private final Placement placement;
  private final Set<EsAction> refused = new HashSet<>();
  private final Transfers transfers;
  private final Map<NodeId, Integer> copies = new HashMap<>();

  public ShelterPlanner(
      ClusterView view, Shelter shelter, Placement placement, List<RefusedAction> refusals) {
    this.view = view;
    this.shelter = shelter;
    this.placement = placement;
    refusals.stream().filter(each -> !each.unknownOutcome()).forEach(r -> refused.add(r.action()));
    transfers = new Transfers(view);
    view.allCopies()
        .forEach(copy -> copy.node().ifPresent(node -> copies.merge(node, 1, Integer::sum)));
  }

  /**
   * Plans the next steps.
   *
   * @param raised indices whose replica count was raised already, with the count before
   */
  public ShelterPlan plan(SortedMap<String, Integer> raised) {
    var actions = new ArrayList<EsAction>();
    var raise = new TreeMap<String, Integer>();
    var onTheWay = new ArrayList<ShardId>();
    var stuck = new TreeMap<ShardId, String>();
    var exposed = new ArrayList<>(shelter.exposed());
    exposed.sort(Comparator.comparing(view::sizeOf).thenComparing(Comparator.naturalOrder()));
    for (var shard : exposed) {
      if (view.copiesOf(shard).stream().anyMatch(ShardCopy::underWay)) {
        onTheWay.add(shard);
        continue;
      }
      var step = step(shard);
      if (step.isPresent()) {
        onTheWay.add(shard);
        step.filter(transfers::begin).ifPresent(begun -> actions.add(reserved(begun)));
      } else if (mayRaise(shard, raised, raise.keySet())) {
        raise.put(shard.index(), replicas(shard));
        onTheWay.add(shard);
      } else if (raisedButNotYetThere(shard, raised)) {
        onTheWay.add(shard);
      } else {
        stuck.put(shard, whyStuck(shard));
      }
    }
    return new ShelterPlan(actions, raise, onTheWay, stuck);
  }

  /**
   * An unassigned copy first, since it adds one; then a copy from elsewhere; then the set's own.
   */
  private Optional<EsAction> step(ShardId shard) {
    var group = view.copiesOf(shard);
    for (var target : targets()) {
      if (group.stream().anyMatch(copy -> copy.state() == ShardCopy.State.UNASSIGNED)
          && placement.objection(shard, target, Optional.empty()).isEmpty()) {
        var allocate = new EsAction.AllocateReplica(shard, target.id());
        if (!refused.contains(allocate)) {
          return Optional.of(allocate);
        }
      }
    }
    for (var mover : movers(group)) {
      for (var target : targets()) {
        var move = new EsAction.MoveShard(shard, mover, target.id());
        if (!refused.contains(move)
            && placement.objection(shard, target, Optional.of(mover)).isEmpty()) {
          return Optional.of(move);
        }
      }
    }
    return Optional.empty();
  }

  private EsAction reserved(EsAction begun) {
    if (begun instanceof EsAction.MoveShard move) {
      placement.reserve(move.shard(), move.to());
    } else if (begun instanceof EsAction.AllocateReplica allocate) {
      placement.reserve(allocate.shard(), allocate.to());
    }
    return begun;
  }

  private List<NodeId> movers(List<ShardCopy> group) {
    var nodes = new TreeSet<NodeId>();
    group.stream()
        .filter(copy -> copy.state() == ShardCopy.State.STARTED)
        .forEach(copy -> copy.node().ifPresent(nodes::add));
    var elsewhereFirst = new ArrayList<>(nodes);
    elsewhereFirst.sort(Comparator.comparing(shelter::isOnSet));
    return elsewhereFirst;
  }

  private List<NodeView> targets() {
    return shelter.safeNodes().stream()
        .filter(node -> !placement.excluded(node))
        .sorted(
            Comparator.comparing((NodeView node) -> transfers.at(node.id()))
                .thenComparing(node -> copies.getOrDefault(node.id(), 0))
                .thenComparing(NodeView::id))
        .toList();
  }

  private int replicas(ShardId shard) {
    var index = view.indices().get(shard.index());
    return index == null ? 0 : index.replicas();
  }

  /** A count of zero is structure, which a person must accept by name; it is never raised. */
  private boolean mayRaise(ShardId shard, SortedMap<String, Integer> raised, Set<String> raising) {
    var together = new HashSet<>(raising);
    together.add(shard.index());
    var index = view.indices().get(shard.index());
    return index != null
        && index.replicas() > 0
        && !index.autoExpands()
        && !raised.containsKey(shard.index())
        && shelter.safeNodes().stream()
            .anyMatch(node -> placement.objectionToOneMore(shard, node).isEmpty())
        && placement.disksCouldTakeOneMoreOf(together);
  }

  private boolean raisedButNotYetThere(ShardId shard, SortedMap<String, Integer> raised) {
    return raised.getOrDefault(shard.index(), Integer.MAX_VALUE) == replicas(shard);
  }

  private String whyStuck(ShardId shard) {
    var reasons = new TreeSet<String>();
    for (var target : shelter.safeNodes()) {
      reasons.add(
          target.name()
              + ": "
              + placement
                  .objection(shard, target, Optional.empty())
                  .orElse("refused by the engine"));
    }
    return reasons.isEmpty() ? "there is no safe node outside the set" : String.join(", ", reasons);
  }
}
