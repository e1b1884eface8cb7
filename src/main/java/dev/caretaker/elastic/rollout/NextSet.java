package dev.caretaker.elastic.rollout;

import dev.caretaker.elastic.guard.DisksHaveRoom;
import dev.caretaker.elastic.guard.Scope;
import dev.caretaker.elastic.guard.StopQuestion;
import dev.caretaker.elastic.model.Mark;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.NodeView;
import dev.caretaker.elastic.model.ShardId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which nodes go next: data nodes without the master role first, then master-eligible ones, the
 * elected master last; several of one zone where they share no shard and as many may be away.
 */
final class NextSet {
  private final RolloutQuestion question;

  NextSet(RolloutQuestion question) {
    this.question = question;
  }

  /** The next set; empty where nobody can be chosen now. */
  List<Mark.Member> choose() {
    var candidates =
        question.pending().stream()
            .filter(NodeView::answers)
            .filter(this::processIsKnown)
            .sorted(
                Comparator.comparing(this::isElected)
                    .thenComparing(NodeView::masterEligible)
                    .thenComparing(node -> node.zone().map(Object::toString).orElse(""))
                    .thenComparing(NodeView::name))
            .toList();
    var chosen = new ArrayList<Mark.Member>();
    var shards = new HashSet<ShardId>();
    for (var node : candidates) {
      if (chosen.isEmpty() || joins(node, candidates.get(0), chosen, shards)) {
        chosen.add(new Mark.Member(node.name(), node.id(), node.ephemeralId()));
        shards.addAll(shardsOn(node));
      }
    }
    return asManyAsHaveRoom(chosen);
  }

  /** The most whose copies the others could hold; one at least, for whom the guard then speaks. */
  private List<Mark.Member> asManyAsHaveRoom(List<Mark.Member> chosen) {
    if (chosen.size() < 2 || !needsRoom(chosen)) {
      return chosen;
    }
    int fits = 1;
    int most = chosen.size() - 1;
    while (fits < most) {
      int middle = (fits + most + 1) / 2;
      if (needsRoom(chosen.subList(0, middle))) {
        most = middle - 1;
      } else {
        fits = middle;
      }
    }
    return List.copyOf(chosen.subList(0, fits));
  }

  private boolean needsRoom(List<Mark.Member> set) {
    return question.refusals(set, Scope.STOPPING).stream().anyMatch(DisksHaveRoom::mayAllowFewer);
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
