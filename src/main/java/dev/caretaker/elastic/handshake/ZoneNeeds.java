package dev.caretaker.elastic.handshake;

import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.EsView;
import dev.caretaker.elastic.model.NodeId;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.NodeView;
import dev.caretaker.elastic.model.ShardCopy;
import dev.caretaker.elastic.model.ShardId;
import dev.caretaker.elastic.model.ZoneName;
import dev.caretaker.elastic.policy.EsPolicy;
import dev.caretaker.elastic.policy.RolloutPolicy.Structural;
import dev.caretaker.kernel.Refusal;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** How many nodes a zone must keep, so that the copies that belong there have a place. */
record ZoneNeeds(EsPolicy policy, EsView view, ClusterView cluster, Instant now) {
  /** Why the engine lists a copy as unassigned whose node went away. */
  private static final Set<String> LOST = Set.of("NODE_LEFT", "NODE_RESTARTING");

  /** The machines that a zone needs of all its fleets, beside the nodes that are no fleet's. */
  int ofFleets(ZoneName zone) {
    long others = working(zone).filter(node -> view.machine(node.name()).isEmpty()).count();
    return (int) Math.max(0, least(zone) - others);
  }

  /** Speaks against taking the node out of its zone when these are leaving already. */
  Optional<Refusal> against(NodeView node, Set<NodeName> leaving) {
    if (node.zone().isEmpty() || !node.holdsData()) {
      return Optional.empty();
    }
    var zone = node.zone().get();
    long stay =
        working(zone)
            .filter(each -> !leaving.contains(each.name()) && !each.id().equals(node.id()))
            .count();
    int least = least(zone);
    return stay >= least
        ? Optional.empty()
        : Optional.of(
            new Refusal(
                "ZoneKeepsItsCopies",
                stay + " nodes of zone " + zone + " would be left where its copies need " + least,
                List.of(node.name().value()),
                "more machines at work in zone " + zone + ", or fewer copies there"));
  }

  /** The nodes in a zone that can have copies now. */
  Stream<NodeView> working(ZoneName zone) {
    return cluster.nodes().stream()
        .filter(node -> node.holdsData() && node.answers() && node.in(zone));
  }

  /**
   * A node for each of the copies that belong there by the spec or else stand there; and where
   * anything stands there, as many as let one be bounced.
   */
  private int least(ZoneName zone) {
    int stand = mostCopies(zone);
    int declared =
        policy.zones().stream()
            .filter(each -> each.name().equals(zone))
            .mapToInt(EsPolicy.ZonePolicy::copies)
            .findFirst()
            .orElse(0);
    boolean alone = policy.rollout().accepts(Structural.SINGLE_NODE_ZONE, now);
    int bounce = !holdsAny(zone) ? 0 : alone ? 1 : 2;
    return Math.max(bounce, declared > 0 ? declared : stand);
  }

  private boolean holdsAny(ZoneName zone) {
    var inZone = nodesIn(zone);
    return cluster.allCopies().anyMatch(copy -> belongs(copy, inZone));
  }

  /**
   * Of one shard in the zone; those that lost their node may have been there, and come back. An
   * index that expands by itself has a copy on each node and misses none.
   */
  private int mostCopies(ZoneName zone) {
    var inZone = nodesIn(zone);
    long most = 0;
    for (var group : cluster.copies().entrySet()) {
      if (!expands(group.getKey())) {
        var belong = group.getValue().stream().filter(copy -> belongs(copy, inZone));
        most = Math.max(most, belong.count());
      }
    }
    return (int) most;
  }

  private boolean expands(ShardId shard) {
    var index = cluster.indices().get(shard.index());
    return index != null && index.autoExpands();
  }

  private Set<NodeId> nodesIn(ZoneName zone) {
    var inZone = new HashSet<NodeId>();
    cluster.nodes().stream().filter(node -> node.in(zone)).forEach(node -> inZone.add(node.id()));
    return inZone;
  }

  private static boolean belongs(ShardCopy copy, Set<NodeId> nodes) {
    return copy.isOnAny(nodes)
        || copy.relocatingTo().filter(nodes::contains).isPresent()
        || (copy.node().isEmpty() && copy.unassignedBecause().filter(LOST::contains).isPresent());
  }
}
