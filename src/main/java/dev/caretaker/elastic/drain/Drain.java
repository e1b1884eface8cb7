package dev.caretaker.elastic.drain;

import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.Explanation;
import dev.caretaker.elastic.model.NodeId;
import dev.caretaker.elastic.model.NodeView;
import dev.caretaker.elastic.model.Routing;
import dev.caretaker.elastic.model.ShardCopy;
import dev.caretaker.elastic.model.ShardId;
import dev.caretaker.elastic.policy.EsPolicy;
import dev.caretaker.elastic.shelter.Doubts;
import dev.caretaker.kernel.Bytes;
import dev.caretaker.kernel.Reason;
import dev.caretaker.kernel.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Empties what is excluded; only the routing table proves that nothing is left. */
public final class Drain {
  /** Relocations begin within a second or two; later the engine has to say why they do not. */
  private static final Duration STILL_FOR = Duration.ofSeconds(15);

  /** Standing still for so long needs a person, whether the engine gives a reason or not. */
  private static final Duration STANDS_STILL = Duration.ofMinutes(5);

  private static final int EXPLAINED = 5;

  private final ClusterView cluster;
  private final EsPolicy policy;
  private final Routing wanted;
  private final Routing routing;
  private final Instant now;

  /**
   * A drain of what a routing excludes.
   *
   * @param wanted what is declared, with the machines that fleets ask for
   * @param routing the same, less what may not begin yet
   */
  public Drain(ClusterView cluster, EsPolicy policy, Routing wanted, Routing routing, Instant now) {
    this.cluster = cluster;
    this.policy = policy;
    this.wanted = wanted;
    this.routing = routing;
    this.now = now;
  }

  public boolean declared() {
    return routing.drains();
  }

  /** Looks at the drain. */
  public DrainStep look(Optional<DrainProgress> before) {
    if (!declared()) {
      return new DrainStep(
          Optional.empty(), false, new Reason("Nothing", "no drain"), List.of(), Set.of());
    }
    var left = left();
    var progress = progress(before, left);
    var doubt = doubt();
    if (left.isEmpty() && doubt.isEmpty()) {
      return new DrainStep(Optional.of(progress), true, emptied(), List.of(), Set.of());
    }
    boolean still =
        now.isAfter(progress.lastProgress().plus(STILL_FOR))
            && left.stream().noneMatch(copy -> copy.state() == ShardCopy.State.RELOCATING);
    return new DrainStep(
        Optional.of(progress),
        false,
        left.isEmpty() ? doubt.orElseThrow() : underWay(progress, left),
        still ? stuck(progress, left, doubt) : List.of(),
        still ? first(left) : Set.of());
  }

  private static Set<ShardId> first(List<ShardCopy> left) {
    return left.stream().map(ShardCopy::shard).limit(EXPLAINED).collect(Collectors.toSet());
  }

  /** Why an empty routing table would prove nothing. */
  private Optional<Reason> doubt() {
    if (!routing.equals(wanted)) {
      return Optional.of(
          new Reason("NotAllBegun", "Not all that is to be drained is excluded yet"));
    }
    if (!inForce()) {
      return Optional.of(
          new Reason("NotInForce", "The exclusion is not in force: shards may still arrive"));
    }
    return new Doubts(cluster).first();
  }

  /** The values in force name everything that is drained, whichever scope they stand in. */
  private boolean inForce() {
    return names(Routing.EXCLUDE_NAME).containsAll(texts(routing.excludedNames()))
        && names(Routing.EXCLUDE + policy.zoneAttribute())
            .containsAll(texts(routing.excludedZones()));
  }

  private Set<String> names(String key) {
    return Arrays.stream(cluster.settings().inForce(key).orElse("").split(","))
        .map(String::strip)
        .collect(Collectors.toSet());
  }

  private static Set<String> texts(Collection<?> values) {
    return values.stream().map(Object::toString).collect(Collectors.toSet());
  }

  private List<ShardCopy> left() {
    Set<NodeId> leaving =
        cluster.nodes().stream()
            .filter(this::drained)
            .map(NodeView::id)
            .collect(Collectors.toSet());
    return cluster
        .allCopies()
        .filter(
            copy ->
                copy.node().filter(leaving::contains).isPresent()
                    || copy.relocatingTo().filter(leaving::contains).isPresent())
        .toList();
  }

  private boolean drained(NodeView node) {
    return routing.excludedNames().contains(node.name())
        || node.zone().filter(zone -> routing.excludedZones().contains(zone)).isPresent();
  }

  private DrainProgress progress(Optional<DrainProgress> before, List<ShardCopy> left) {
    var asked = new TreeSet<>(wanted.excludedNames());
    asked.removeAll(policy.allocation().excludeNodes());
    var request = policy.request() + (asked.isEmpty() ? "" : " released=" + asked);
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

  /** What holds the drain up, by the engine's own words where it gave some. */
  private List<Refusal> stuck(
      DrainProgress progress, List<ShardCopy> left, Optional<Reason> doubt) {
    var explained = left.stream().map(ShardCopy::shard).distinct().limit(EXPLAINED).toList();
    var refusals = new ArrayList<Refusal>();
    for (var shard : explained) {
      Optional.ofNullable(cluster.explanations().get(shard))
          .ifPresent(why -> refusals.add(cannotLeave(shard, why)));
    }
    if (!refusals.isEmpty()) {
      return refusals;
    }
    if (doubt.isPresent()) {
      var lift = "what the sentence says, or take the line back";
      return List.of(new Refusal(doubt.get().code(), doubt.get().sentence(), List.of(), lift));
    }
    return now.isAfter(progress.lastProgress().plus(STANDS_STILL))
        ? List.of(
            new Refusal(
                "NothingMoves",
                "Nothing has moved since "
                    + progress.lastProgress()
                    + ": "
                    + Doubts.shown(explained),
                List.of(),
                "see _cluster/allocation/explain, or take the line back"))
        : List.of();
  }

  private static Refusal cannotLeave(ShardId shard, Explanation why) {
    return new Refusal(
        why.decider(),
        shard + " cannot leave: " + why.sentence(),
        List.of(shard.toString()),
        "another place that this decider allows, or take the line back");
  }
}
