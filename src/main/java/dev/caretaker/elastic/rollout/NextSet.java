package dev.caretaker.elastic.rollout;

import dev.caretaker.elastic.guard.EveryShardIsSheltered;
import dev.caretaker.elastic.guard.NothingIsMoving;
import dev.caretaker.elastic.guard.Scope;
import dev.caretaker.elastic.guard.StopQuestion;
import dev.caretaker.elastic.model.Mark;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.NodeView;
import dev.caretaker.elastic.model.ShardId;
import dev.caretaker.kernel.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which nodes go next: data nodes without the master role first, then master-eligible ones, the
 * elected master last; several of one zone where they share no shard and as many may be away. Whom
 * something speaks against that does not pass by itself lets the others go first.
 */
final class NextSet {
  /** Each is a walk through the routing table; whoever is blocked looks again in seconds. */
  private static final int TRIED = 8;

  private final RolloutQuestion question;

  NextSet(RolloutQuestion question) {
    this.question = question;
  }

  /**
   * The next set: the first that may go, else the first of all, so that it is told why it may not;
   * empty where nobody can be chosen now.
   *
   * @param raised the replica count of each index for which it was raised, before
   */
  List<Mark.Member> choose(SortedMap<String, Integer> raised) {
    var candidates = candidates();
    return firstThatMayGo(candidates, candidates, List.of(), raised)
        .orElseGet(() -> candidates.isEmpty() ? List.of() : setOf(candidates.get(0), candidates));
  }

  /** Another set that may go while this one may not. */
  Optional<List<Mark.Member>> insteadOf(RolloutProgress blocked) {
    var candidates = candidates();
    var inTurn = new ArrayList<>(candidates);
    long minutes = Duration.between(blocked.since(), question.now()).toMinutes();
    if (!inTurn.isEmpty()) {
      Collections.rotate(inTurn, -(int) (minutes * TRIED % inTurn.size()));
    }
    return firstThatMayGo(inTurn, candidates, blocked.set(), blocked.replicasBefore());
  }

  /** Who would have gone before this set, did not something speak against it; with what it is. */
  Optional<String> setAside(RolloutProgress progress) {
    var names = progress.set().stream().map(Mark.Member::name).toList();
    var first = candidates().stream().limit(1).filter(node -> !names.contains(node.name()));
    return first
        .findFirst()
        .map(
            node ->
                node.name()
                    + " waits for the others: "
                    + obstacle(List.of(member(node)), progress.replicasBefore())
                        .orElse("it was not safe to stop it"));
  }

  /** Whether nothing speaks against a set but what shelter or the engine is about to lift. */
  boolean mayGo(List<Mark.Member> set, SortedMap<String, Integer> raised) {
    return obstacle(set, raised).isEmpty();
  }

  private Optional<String> obstacle(List<Mark.Member> set, SortedMap<String, Integer> raised) {
    var plan = question.plan(set, raised);
    if (!plan.stuck().isEmpty()) {
      var shard = plan.stuck().firstKey();
      return Optional.of("no safe place for " + shard + " (" + plan.stuck().get(shard) + ")");
    }
    boolean shelters = !plan.onTheWay().isEmpty();
    return question.refusals(set, Scope.STOPPING).stream()
        .filter(refusal -> !NothingIsMoving.passesByItself(refusal))
        .filter(refusal -> !(shelters && EveryShardIsSheltered.isLiftedByShelter(refusal)))
        .map(Refusal::sentence)
        .findFirst();
  }

  private Optional<List<Mark.Member>> firstThatMayGo(
      List<NodeView> inTurn,
      List<NodeView> candidates,
      List<Mark.Member> but,
      SortedMap<String, Integer> raised) {
    return inTurn.stream()
        .limit(TRIED)
        .flatMap(node -> Stream.of(setOf(node, candidates), List.of(member(node))).distinct())
        .filter(set -> !set.equals(but) && mayGo(set, raised))
        .findFirst();
  }

  private List<NodeView> candidates() {
    return question.pending().stream()
        .filter(NodeView::answers)
        .filter(this::processIsKnown)
        .sorted(
            Comparator.comparing(this::isElected)
                .thenComparing(NodeView::masterEligible)
                .thenComparing(node -> node.zone().map(Object::toString).orElse(""))
                .thenComparing(NodeView::name))
        .toList();
  }

  private List<Mark.Member> setOf(NodeView first, List<NodeView> candidates) {
    var chosen = new ArrayList<Mark.Member>(List.of(member(first)));
    var shards = new HashSet<ShardId>(shardsOn(first));
    for (var node : candidates) {
      if (!node.equals(first) && joins(node, first, chosen, shards)) {
        chosen.add(member(node));
        shards.addAll(shardsOn(node));
      }
    }
    return chosen;
  }

  private static Mark.Member member(NodeView node) {
    return new Mark.Member(node.name(), node.id(), node.ephemeralId());
  }

  private boolean joins(
      NodeView node, NodeView first, List<Mark.Member> chosen, Set<ShardId> shards) {
    return node.zone().equals(first.zone())
        && !first.masterEligible()
        && !node.masterEligible()
        && chosen.size() + alreadyAway(first) < question.policy().rollout().maxUnavailablePerZone()
        && leavesOne(first, chosen)
        && shardsOn(node).stream().noneMatch(shards::contains);
  }

  /** Whether a node of the zone would still answer if the set became one larger. */
  private boolean leavesOne(NodeView first, List<Mark.Member> chosen) {
    return neighbours(first).stream()
            .filter(name -> question.cluster().node(name).filter(NodeView::answers).isPresent())
            .count()
        > chosen.size() + 1;
  }

  private long alreadyAway(NodeView first) {
    return neighbours(first).stream()
        .filter(name -> question.cluster().node(name).isEmpty())
        .count();
  }

  /** The node and the others of its zone. */
  private Set<NodeName> neighbours(NodeView first) {
    var asked =
        new StopQuestion(
            question.policy(), question.view(), question.cluster(), List.of(), question.now());
    return asked.known(asked.zoneOf(first.name()));
  }

  private Set<ShardId> shardsOn(NodeView node) {
    return question
        .cluster()
        .copiesTouching(node.id())
        .map(copy -> copy.shard())
        .collect(Collectors.toSet());
  }

  private boolean isElected(NodeView node) {
    return question.cluster().master().filter(node.id()::equals).isPresent();
  }

  private boolean processIsKnown(NodeView node) {
    return question.view().process(node.name()).ifKnown().filter(p -> p.running()).isPresent();
  }
}
