package dev.caretaker.elastic.interruption;

import dev.caretaker.elastic.action.EsAction;
import dev.caretaker.elastic.action.RefusedAction;
import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.NodeId;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.NodeView;
import dev.caretaker.elastic.model.ShardCopy;
import dev.caretaker.elastic.model.ShardId;
import dev.caretaker.elastic.model.SpotMachine;
import dev.caretaker.elastic.policy.EsPolicy;
import dev.caretaker.elastic.shelter.Placement;
import dev.caretaker.kernel.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Which copies are moved off machines that go, in the time that is left. */
final class Rescue {
  private static final String RATE = "indices.recovery.max_bytes_per_sec";

  /** The engine's own default, where nobody has said another. */
  private static final Bytes USUAL = new Bytes(40L << 20);

  /** The engine itself empties two at a time; ours come beside them. */
  private static final int AT_ONCE = 4;

  private final EsPolicy policy;
  private final ClusterView cluster;
  private final Map<NodeId, Instant> going = new HashMap<>();
  private final List<RefusedAction> refused;
  private final Placement placement;

  Rescue(
      EsPolicy policy,
      ClusterView cluster,
      List<SpotMachine> machines,
      List<RefusedAction> refused) {
    this.policy = policy;
    this.cluster = cluster;
    this.refused = refused;
    this.placement = new Placement(cluster, policy.zoneAttribute());
    for (var machine : machines) {
      cluster
          .node(machine.node())
          .ifPresent(node -> going.put(node.id(), machine.leavesAt().orElseThrow()));
    }
  }

  /** What would be lost, or be left to machines that may vanish as well. */
  private enum Risk {
    ONLY_COPY,
    RISKY_ONLY
  }

  private record Threatened(Risk risk, ShardCopy copy, Bytes size) {}

  List<EsAction> moves(Instant now, Duration stopsBefore) {
    var moves = new ArrayList<EsAction>();
    going.forEach((node, at) -> moves.addAll(moves(node, at.minus(stopsBefore), now)));
    return moves;
  }

  /** Whether the last copy of a shard is on its way from there. */
  boolean isSaving(NodeName name) {
    return cluster.node(name).stream()
        .flatMap(node -> cluster.copiesTouching(node.id()).filter(copy -> copy.isOn(node.id())))
        .filter(copy -> copy.state() == ShardCopy.State.RELOCATING)
        .anyMatch(copy -> risk(copy.shard()).filter(Risk.ONLY_COPY::equals).isPresent());
  }

  private List<EsAction> moves(NodeId from, Instant end, Instant now) {
    var busy = cluster.copiesTouching(from).filter(ShardCopy::underWay).toList();
    long whole = rate() * Math.max(0, Duration.between(now, end).toSeconds());
    long share = whole / (1 + busy.size());
    long budget = whole - busy.stream().mapToLong(copy -> takes(copy, share)).sum();
    int underWay = busy.size();
    var moves = new ArrayList<EsAction>();
    for (var each : threatened(from)) {
      long size = each.size().value();
      var target = size <= budget && underWay < AT_ONCE ? target(each, from) : nowhere();
      if (target.isPresent()) {
        placement.reserve(each.copy().shard(), target.get().id());
        moves.add(move(each, from, target.get()));
        budget -= size;
        underWay++;
      }
    }
    return moves;
  }

  /** What is safe elsewhere need not arrive: it only takes its share of the rate meanwhile. */
  private long takes(ShardCopy copy, long share) {
    long size = cluster.sizeOf(copy.shard()).value();
    return risk(copy.shard()).isPresent() ? size : Math.min(size, share);
  }

  private static Optional<NodeView> nowhere() {
    return Optional.empty();
  }

  private long rate() {
    return cluster
        .settings()
        .inForce(RATE)
        .flatMap(Bytes::read)
        .filter(rate -> rate.value() > 0)
        .orElse(USUAL)
        .value();
  }

  private List<Threatened> threatened(NodeId node) {
    var all = new ArrayList<Threatened>();
    for (var group : cluster.copies().values()) {
      group.stream()
          .filter(copy -> copy.isOn(node) && copy.state() == ShardCopy.State.STARTED)
          .findFirst()
          .ifPresent(copy -> risk(copy.shard()).ifPresent(risk -> all.add(threatened(risk, copy))));
    }
    all.sort(
        Comparator.comparing(Threatened::risk)
            .thenComparing(Threatened::size)
            .thenComparing(each -> each.copy().shard()));
    return all;
  }

  private Threatened threatened(Risk risk, ShardCopy copy) {
    return new Threatened(risk, copy, cluster.sizeOf(copy.shard()));
  }

  private Optional<Risk> risk(ShardId shard) {
    var staying = cluster.copiesOf(shard).stream().filter(this::stays).toList();
    if (staying.isEmpty()) {
      return Optional.of(Risk.ONLY_COPY);
    }
    boolean reliable = staying.stream().flatMap(this::nodeOf).anyMatch(this::reliable);
    return reliable || !policy.hasReliableZone() ? Optional.empty() : Optional.of(Risk.RISKY_ONLY);
  }

  private boolean stays(ShardCopy copy) {
    return copy.isSafeCopy()
        && copy.node().filter(node -> !going.containsKey(node)).isPresent()
        && nodeOf(copy).allMatch(NodeView::answers);
  }

  private Stream<NodeView> nodeOf(ShardCopy copy) {
    return copy.node().flatMap(cluster::node).stream();
  }

  private boolean reliable(NodeView node) {
    return node.zone().filter(policy::reliable).isPresent();
  }

  /** From one risky machine to another nothing is gained, where others have copies as well. */
  private Optional<NodeView> target(Threatened threatened, NodeId from) {
    ShardId shard = threatened.copy().shard();
    return cluster.nodes().stream()
        .filter(node -> node.answers() && !going.containsKey(node.id()))
        .filter(node -> threatened.risk() == Risk.ONLY_COPY || reliable(node))
        .filter(node -> placement.objectionToSending(shard, node, from).isEmpty())
        .filter(node -> !wasRefused(move(threatened, from, node)))
        .min(
            Comparator.comparing((NodeView node) -> !reliable(node))
                .thenComparing(node -> placement.copiesOn(node.id()))
                .thenComparing(NodeView::id));
  }

  private static EsAction move(Threatened threatened, NodeId from, NodeView target) {
    return new EsAction.MoveShard(threatened.copy().shard(), from, target.id());
  }

  private boolean wasRefused(EsAction move) {
    return refused.stream().anyMatch(each -> each.action().equals(move));
  }
}
