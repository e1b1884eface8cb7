package dev.caretaker.elastic.rollout;

import dev.caretaker.elastic.action.EsAction;
import dev.caretaker.elastic.action.RefusedAction;
import dev.caretaker.elastic.guard.Beginning;
import dev.caretaker.elastic.guard.Guards;
import dev.caretaker.elastic.guard.Scope;
import dev.caretaker.elastic.guard.StopQuestion;
import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.EsView;
import dev.caretaker.elastic.model.HostProcess;
import dev.caretaker.elastic.model.Mark;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.NodeView;
import dev.caretaker.elastic.policy.EsPolicy;
import dev.caretaker.elastic.policy.PlanCover;
import dev.caretaker.elastic.policy.PlanCover.Kind;
import dev.caretaker.elastic.shelter.Placement;
import dev.caretaker.elastic.shelter.Shelter;
import dev.caretaker.elastic.shelter.ShelterPlan;
import dev.caretaker.elastic.shelter.ShelterPlanner;
import dev.caretaker.kernel.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a rollout knows when it decides.
 *
 * @param bounced nodes already bounced for the wish in force: each counts once
 * @param hindrances what speaks against anything disruptive, whatever the set
 * @param answers found out already in this decision
 */
record RolloutQuestion(
    EsPolicy policy,
    EsView view,
    ClusterView cluster,
    Guards guards,
    Map<NodeName, String> bounced,
    List<Refusal> hindrances,
    List<RefusedAction> refused,
    Instant now,
    Answers answers) {
  /** Clocks that differ by more make a start time worthless. */
  private static final Duration CLOCKS_AGREE = Duration.ofMinutes(1);

  List<Refusal> refusals(List<Mark.Member> set, Scope... scopes) {
    var all = new ArrayList<Refusal>();
    for (var scope : scopes) {
      all.addAll(
          answers.refusals(
              set,
              scope,
              () -> guards.ask(new StopQuestion(policy, view, cluster, set, now), scope)));
    }
    return all;
  }

  /**
   * What speaks against beginning with this set, or against sheltering it further.
   *
   * @param raised indices whose replica count was raised already
   */
  List<Refusal> unapproved(List<Mark.Member> set, SortedMap<String, Integer> raised) {
    if (!policy.rollout().approval().manual()) {
      return List.of();
    }
    var names = set.stream().map(Mark.Member::name).toList();
    var left = pending().stream().map(NodeView::name).collect(Collectors.toSet());
    var beginning = Optional.of(new Beginning(step(names, set, raised), left));
    return guards.ask(
        new StopQuestion(policy, view, cluster, set, beginning, now), Scope.BEGINNING);
  }

  /** What the engine refused lately is brought to safety by other means, which is no other plan. */
  private PlanCover.Step step(
      List<NodeName> names, List<Mark.Member> set, SortedMap<String, Integer> raised) {
    if (refused.stream().anyMatch(each -> each.action() instanceof EsAction.MoveShard)) {
      return new PlanCover.Step(Kind.BOUNCE, names, false, new TreeSet<>());
    }
    var plan = plan(set, raised);
    boolean moves = plan.actions().stream().anyMatch(EsAction.MoveShard.class::isInstance);
    return new PlanCover.Step(Kind.BOUNCE, names, moves, new TreeSet<>(plan.raise().keySet()));
  }

  Shelter shelter(List<Mark.Member> set) {
    var ids = set.stream().map(Mark.Member::id).collect(Collectors.toSet());
    return new Shelter(policy, cluster, ids, now);
  }

  /** Shared by all that ask in this decision; nobody reserves room in it. */
  Placement placement() {
    return answers.placement(this::newPlacement);
  }

  private Placement newPlacement() {
    return new Placement(cluster, policy.zoneAttribute());
  }

  /** What brings the set's shards to safety, where these indices were raised already. */
  ShelterPlan plan(List<Mark.Member> set, SortedMap<String, Integer> raised) {
    return answers.plan(
        set,
        raised,
        () -> new ShelterPlanner(cluster, shelter(set), newPlacement(), refused).plan(raised));
  }

  /** Nodes that were asked to be bounced and have not been. */
  List<NodeView> pending() {
    return asked().filter(node -> policy.hosts().containsKey(node.name())).toList();
  }

  /** Nodes that were asked to be bounced, but for which the spec lists no host. */
  List<NodeView> unlisted() {
    return asked().filter(node -> !policy.hosts().containsKey(node.name())).toList();
  }

  /** Names that the wish selects and the spec does not list, whether such nodes exist or not. */
  Stream<NodeName> unknown() {
    return due().stream().flatMap(at -> policy.selectedButUnlisted().stream());
  }

  private Optional<Instant> due() {
    return policy.rollout().restartedAt().filter(at -> !at.isAfter(now));
  }

  private Stream<NodeView> asked() {
    return due().stream().flatMap(at -> cluster.nodes().stream().filter(node -> isDue(node, at)));
  }

  private boolean isDue(NodeView node, Instant restartedAt) {
    var rollout = policy.rollout();
    boolean selected =
        (rollout.selectNodes().isEmpty() || rollout.selectNodes().contains(node.name()))
            && (rollout.selectZones().isEmpty()
                || node.zone().filter(rollout.selectZones()::contains).isPresent());
    return selected
        && !view.isGoing(node.name())
        && !bounced.containsKey(node.name())
        && node.startedAt()
            .filter(at -> at.isBefore(restartedAt) || at.isAfter(now.plus(CLOCKS_AGREE)))
            .isPresent();
  }

  boolean isPending(Mark.Member member) {
    return pending().stream().anyMatch(node -> node.name().equals(member.name()));
  }

  /** The node is in the cluster in the incarnation in which it was chosen. */
  boolean isSame(Mark.Member member) {
    return cluster
        .node(member.name())
        .filter(n -> n.ephemeralId().equals(member.ephemeralId()))
        .isPresent();
  }

  boolean answers(Mark.Member member) {
    return cluster.node(member.name()).filter(NodeView::answers).isPresent();
  }

  /** The node is in the cluster, started anew. */
  boolean isBack(Mark.Member member) {
    return cluster
        .node(member.name())
        .filter(node -> !node.ephemeralId().equals(member.ephemeralId()))
        .isPresent();
  }

  /** The cluster does not list it and its machine says that no process runs. */
  boolean isAway(Mark.Member member) {
    return cluster.node(member.name()).isEmpty()
        && process(member).filter(process -> !process.running()).isPresent();
  }

  /** The world said no lately; an unknown outcome is no answer. */
  boolean wasRefused(EsAction action) {
    return refused.stream()
        .anyMatch(each -> each.action().equals(action) && !each.unknownOutcome());
  }

  Optional<HostProcess> process(Mark.Member member) {
    return view.process(member.name()).ifKnown();
  }

  /**
   * Replica counts that are still as we raised them, or may yet be. What a person made of one since
   * is theirs.
   */
  SortedMap<String, Integer> stillRaised(SortedMap<String, Integer> before) {
    var still = new TreeMap<String, Integer>();
    before.forEach(
        (index, count) -> {
          if (isRaised(index, count) || mayYetBeRaised(index, count)) {
            still.put(index, count);
          }
        });
    return still;
  }

  boolean isRaised(String index, int before) {
    return Optional.ofNullable(cluster.indices().get(index))
        .filter(seen -> seen.replicas() == before + 1)
        .isPresent();
  }

  private boolean mayYetBeRaised(String index, int before) {
    var raise = new EsAction.SetReplicas(index, before, before + 1);
    return cluster.indices().containsKey(index)
        && refused.stream().anyMatch(each -> each.action().equals(raise) && each.unknownOutcome());
  }
}
