package dev.caretaker.elastic.shelter;

import dev.caretaker.elastic.action.EsAction;
import dev.caretaker.elastic.action.RefusedAction;
import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.NodeId;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.NodeView;
import dev.caretaker.elastic.model.ShardCopy;
import dev.caretaker.elastic.model.ShardId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds, for each exposed shard, the cheapest way to a copy in safety. */
public final class ShelterPlanner {
  /** Every raise is a burst of recoveries that the engine starts at once. */
  private static final int RAISED_AT_ONCE = 5;

  /** More reasons than a person reads are not worth finding out. */
  private static final int EXPLAINED = 10;

  private final ClusterView view;
  private final Shelter shelter;
  private final Placement placement;
  private final Set<EsAction> refused = new HashSet<>();
  private final Transfers transfers;
  private final List<NodeView> candidates;

  public ShelterPlanner(
      ClusterView view, Shelter shelter, Placement placement, List<RefusedAction> refusals) {
    this.view = view;
    this.shelter = shelter;
    this.placement = placement;
    refusals.stream().filter(each -> !each.unknownOutcome()).forEach(r -> refused.add(r.action()));
    transfers = new Transfers(view);
    candidates = shelter.safeNodes().stream().filter(node -> !placement.excluded(node)).toList();
  }

  /**
   * Plans the next steps.
   *
   * @param raised indices whose replica count was raised already, with the count before
   */
  public ShelterPlan plan(Map<String, Integer> raised) {
    var actions = new ArrayList<EsAction>();
    var raise = new TreeMap<String, Integer>();
    var onTheWay = new ArrayList<ShardId>();
    var stuck = new TreeMap<ShardId, String>();
    var exposed = new ArrayList<>(shelter.exposed());
    var waiting = notYetRaised(raised);
    long raising =
        exposed.stream().map(ShardId::index).distinct().filter(raised.keySet()::contains).count();
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
      } else if (willBeRaised(shard, waiting) || raise.containsKey(shard.index())) {
        onTheWay.add(shard);
      } else if (!raised.containsKey(shard.index()) && mayRaise(shard, waiting, raise.keySet())) {
        onTheWay.add(shard);
        if (raise.size() + raising < RAISED_AT_ONCE) {
          raise.put(shard.index(), replicas(shard));
        }
      } else {
        stuck.put(shard, stuck.size() < EXPLAINED ? whyStuck(shard) : "likewise");
      }
    }
    return new ShelterPlan(actions, raise, onTheWay, stuck);
  }

  /**
   * An unassigned copy first, since it adds one; then a copy from elsewhere; then the set's own.
   */
  private Optional<EsAction> step(ShardId shard) {
    var group = view.copiesOf(shard);
    if (group.stream().anyMatch(copy -> copy.state() == ShardCopy.State.UNASSIGNED)) {
      var allocate =
          best(shard, Optional.empty(), node -> new EsAction.AllocateReplica(shard, node.id()));
      if (allocate.isPresent()) {
        return allocate;
      }
    }
    return movers(group).stream()
        .flatMap(
            from ->
                best(
                    shard,
                    Optional.of(from),
                    node -> new EsAction.MoveShard(shard, from, node.id()))
                    .stream())
        .findFirst();
  }

  /** The step to the node with the fewest transfers, then copies, that nothing speaks against. */
  private Optional<EsAction> best(
      ShardId shard, Optional<NodeId> leaving, Function<NodeView, EsAction> step) {
    var one = placement.one(shard);
    return candidates.stream()
        .filter(node -> one.objectionToSending(node, leaving).isEmpty())
        .filter(node -> refused.isEmpty() || !refused.contains(step.apply(node)))
        .min(
            Comparator.comparing((NodeView node) -> transfers.at(node.id()))
                .thenComparing(node -> placement.copiesOn(node.id()))
                .thenComparing(NodeView::id))
        .map(step);
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
        .flatMap(copy -> copy.node().flatMap(view::node).stream())
        // A frozen node is listed with started copies for half a minute, and sends none.
        .filter(NodeView::answers)
        .forEach(node -> nodes.add(node.id()));
    var elsewhereFirst = new ArrayList<>(nodes);
    elsewhereFirst.sort(Comparator.comparing(shelter::isOnSet));
    return elsewhereFirst;
  }

  private int replicas(ShardId shard) {
    var index = view.indices().get(shard.index());
    return index == null ? 0 : index.replicas();
  }

  /** A count of zero is structure, which a person must accept by name; it is never raised. */
  private boolean mayRaise(ShardId shard, Set<String> waiting, Set<String> raising) {
    var together = new HashSet<>(waiting);
    together.addAll(raising);
    together.add(shard.index());
    var index = view.indices().get(shard.index());
    return index != null
        && index.replicas() > 0
        && !index.autoExpands()
        && couldHoldOneMore(shard)
        && placement.disksCouldTakeOneMoreOf(together);
  }

  private boolean couldHoldOneMore(ShardId shard) {
    var oneMore = placement.oneMore(shard);
    return candidates.stream()
        .anyMatch(node -> oneMore.objection(node, Optional.empty()).isEmpty());
  }

  /** Disks may have filled between the decision to raise a count and the call that does it. */
  private boolean willBeRaised(ShardId shard, Set<String> waiting) {
    return waiting.contains(shard.index()) && placement.disksCouldTakeOneMoreOf(waiting);
  }

  private Set<String> notYetRaised(Map<String, Integer> raised) {
    var waiting = new HashSet<String>();
    raised.forEach(
        (name, before) -> {
          var index = view.indices().get(name);
          if (index != null && index.replicas() == before) {
            waiting.add(name);
          }
        });
    return waiting;
  }

  /** The engine's deciders that keep it from the safe nodes, each with an example. */
  private String whyStuck(ShardId shard) {
    var byDecider = new TreeMap<String, List<NodeName>>();
    for (var target : shelter.safeNodes()) {
      var decider = placement.objection(shard, target, Optional.empty());
      byDecider
          .computeIfAbsent(decider.orElse("refused by the engine"), none -> new ArrayList<>())
          .add(target.name());
    }
    return byDecider.isEmpty()
        ? "there is no safe node outside the set"
        : byDecider.entrySet().stream()
            .map(each -> each.getKey() + ": " + shown(each.getValue()))
            .collect(Collectors.joining(", "));
  }

  private static String shown(List<NodeName> nodes) {
    int more = nodes.size() - 2;
    return more > 0 ? nodes.subList(0, 2) + " and " + more + " more" : nodes.toString();
  }
}
