package dev.caretaker.elastic.drain;

import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.IndexView;
import dev.caretaker.elastic.model.NodeId;
import dev.caretaker.elastic.model.NodeView;
import dev.caretaker.elastic.model.Routing;
import dev.caretaker.elastic.model.ShardCopy;
import dev.caretaker.elastic.model.ShardId;
import dev.caretaker.kernel.Bytes;
import dev.caretaker.kernel.Reason;
import dev.caretaker.kernel.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Empties what is excluded; only the routing table proves that nothing is left. */
public final class Drain {
  /** Relocations begin within a second or two; later the engine has to say why they do not. */
  private static final Duration STILL_FOR = Duration.ofSeconds(15);

  private static final int EXPLAINED = 5;

  private final ClusterView cluster;
  private final Routing routing;
  private final Instant now;

  /**
   * A drain of what a routing excludes.
   *
   * @param routing declared and, where it may be, written
   */
  public Drain(ClusterView cluster, Routing routing, Instant now) {
    this.cluster = cluster;
    this.routing = routing;
    this.now = now;
  }

  public boolean declared() {
    return !routing.excludedNames().isEmpty() || !routing.excludedZones().isEmpty();
  }

  /**
   * Looks at the drain.
   *
   * @param inForce whether the exclusions were read back; without that nothing is proven
   */
  public DrainStep look(Optional<DrainProgress> before, String request, boolean inForce) {
    if (!declared()) {
      return new DrainStep(
          Optional.empty(), false, new Reason("Nothing", "no drain"), List.of(), Set.of());
    }
    var left = left();
    var progress = progress(before, request, left);
    if (inForce && left.isEmpty() && closedOnEs6().isEmpty()) {
      return new DrainStep(Optional.of(progress), true, emptied(), List.of(), Set.of());
    }
    boolean still = inForce && now.isAfter(progress.lastProgress().plus(STILL_FOR));
    boolean moving = left.stream().anyMatch(copy -> copy.state() == ShardCopy.State.RELOCATING);
    var stuck = still && !moving ? explained(left) : List.<Refusal>of();
    var ask =
        still && !moving
            ? left.stream().map(ShardCopy::shard).limit(EXPLAINED).collect(Collectors.toSet())
            : Set.<ShardId>of();
    return new DrainStep(Optional.of(progress), false, underWay(progress, left), stuck, ask);
  }

  private List<ShardCopy> left() {
    Set<NodeId> leaving =
        cluster.nodes().stream()
            .filter(this::drained)
            .map(NodeView::id)
            .collect(Collectors.toSet());
    return cluster.allCopies().filter(copy -> leaving.stream().anyMatch(copy::touches)).toList();
  }

  private boolean drained(NodeView node) {
    return routing.excludedNames().contains(node.name())
        || node.zone().filter(zone -> routing.excludedZones().contains(zone)).isPresent();
  }

  /** ES 6 neither lists nor moves the shards of closed indices: nothing is proven with them. */
  private List<String> closedOnEs6() {
    return cluster.engine().votesByMinimumMasterNodes()
        ? cluster.indices().values().stream()
            .filter(index -> !index.open())
            .map(IndexView::name)
            .toList()
        : List.of();
  }

  private DrainProgress progress(
      Optional<DrainProgress> before, String request, List<ShardCopy> left) {
    var same = before.filter(each -> each.request().equals(request));
    if (same.isEmpty()) {
      return new DrainProgress(request, now, bytes(left), now, left.size());
    }
    var known = same.get();
    return left.size() == known.copiesLeft()
        ? known
        : new DrainProgress(request, known.since(), known.atFirst(), now, left.size());
  }

  private Bytes bytes(List<ShardCopy> copies) {
    return copies.stream()
        .map(copy -> cluster.sizeOf(copy.shard()))
        .reduce(Bytes.ZERO, Bytes::plus);
  }

  private Reason emptied() {
    var unknown =
        routing.excludedNames().stream().filter(name -> cluster.node(name).isEmpty()).toList();
    return new Reason(
        "Emptied",
        "Nothing is left on "
            + what()
            + (unknown.isEmpty() ? "" : "; not in the cluster: " + unknown));
  }

  private Reason underWay(DrainProgress progress, List<ShardCopy> left) {
    var closed = closedOnEs6();
    if (left.isEmpty() && !closed.isEmpty()) {
      return new Reason(
          "ClosedIndices", "Closed indices cannot be proven to be gone; open or delete " + closed);
    }
    var leftBytes = bytes(left);
    return new Reason(
        "Draining",
        left.size()
            + " copies ("
            + leftBytes
            + ") are left on "
            + what()
            + expectedEnd(progress, leftBytes));
  }

  /** By the rate since the drain began; nothing before a tenth has moved. */
  private String expectedEnd(DrainProgress progress, Bytes left) {
    long moved = progress.atFirst().value() - left.value();
    long seconds = Duration.between(progress.since(), progress.lastProgress()).toSeconds();
    if (seconds <= 0 || moved <= 0 || moved * 10 < progress.atFirst().value()) {
      return "";
    }
    var rate = new Bytes(moved / seconds);
    var end = progress.lastProgress().plusSeconds(left.value() * seconds / moved);
    return ", "
        + rate
        + "/s, expected end "
        + end.truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
  }

  private String what() {
    return routing.excludedZones().isEmpty()
        ? "nodes " + routing.excludedNames()
        : "zones "
            + routing.excludedZones()
            + (routing.excludedNames().isEmpty() ? "" : " and nodes " + routing.excludedNames());
  }

  private List<Refusal> explained(List<ShardCopy> left) {
    return left.stream()
        .map(ShardCopy::shard)
        .distinct()
        .limit(EXPLAINED)
        .flatMap(
            shard ->
                Optional.ofNullable(cluster.explanations().get(shard)).stream()
                    .map(
                        why ->
                            new Refusal(
                                why.decider(),
                                shard + " cannot leave: " + why.sentence(),
                                List.of(shard.toString()),
                                "another place that this decider allows, or take the line back")))
        .toList();
  }
}
