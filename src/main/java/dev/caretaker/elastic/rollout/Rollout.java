package dev.caretaker.elastic.rollout;

import dev.caretaker.elastic.action.EsAction;
import dev.caretaker.elastic.action.RefusedAction;
import dev.caretaker.elastic.guard.Guards;
import dev.caretaker.elastic.guard.NoNoticeStands;
import dev.caretaker.elastic.guard.NothingIsMoving;
import dev.caretaker.elastic.guard.Scope;
import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.EsView;
import dev.caretaker.elastic.model.Mark;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.NodeView;
import dev.caretaker.elastic.model.ShardCopy;
import dev.caretaker.elastic.policy.EsPolicy;
import dev.caretaker.kernel.Reason;
import dev.caretaker.kernel.Refusal;
import dev.caretaker.kernel.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Restarts every node that was asked for, one safe set after the other. */
public final class Rollout {
  private static final int STUCK_SHOWN = 5;

  private final RolloutQuestion question;

  public Rollout(
      EsPolicy policy,
      EsView view,
      ClusterView cluster,
      Guards guards,
      Map<NodeName, String> bounced,
      List<Refusal> hindrances,
      List<RefusedAction> refused,
      Instant now) {
    this.question =
        new RolloutQuestion(
            policy, view, cluster, guards, bounced, hindrances, refused, now, new Answers());
  }

  /**
   * Which stage it is in by what was seen.
   *
   * @param inForce whether the settings of the given stage were read back
   * @param mayBegin whether no procedure of higher rank wants its turn
   */
  public Optional<RolloutProgress> settle(
      Optional<RolloutProgress> given, boolean inForce, boolean mayBegin) {
    return new Settling(question, mayBegin).settle(given, inForce);
  }

  /** Nodes that still wait for their bounce. */
  public List<NodeName> pending() {
    return question.pending().stream().map(NodeView::name).sorted().toList();
  }

  /** What speaks against beginning with the next set, whenever that could be. */
  public List<Refusal> unapproved() {
    var set = new NextSet(question).choose();
    return set.isEmpty() ? List.of() : question.unapproved(set, new TreeMap<>());
  }

  /** Nodes that were asked to be bounced though nobody can: the spec lists no host for them. */
  public List<NodeName> unlisted() {
    return Stream.concat(question.unlisted().stream().map(NodeView::name), question.unknown())
        .distinct()
        .sorted()
        .toList();
  }

  /**
   * The nodes of the set that are back in a new incarnation, with their ephemeral ids. They were
   * started after the stage began, by our own clock, which is what a wish of that time asks for.
   */
  public SortedMap<NodeName, String> back(RolloutProgress progress) {
    var back = new TreeMap<NodeName, String>();
    var asked = question.policy().rollout().restartedAt();
    boolean counts = asked.filter(at -> !progress.since().isBefore(at)).isPresent();
    if (progress.stage() == Stage.STARTING && counts) {
      for (var member : progress.set()) {
        question
            .cluster()
            .node(member.name())
            .filter(node -> question.isBack(member))
            .ifPresent(node -> back.put(member.name(), node.ephemeralId()));
      }
    }
    return back;
  }

  /** What the stage asks for; its settings are in force. */
  public RolloutStep act(RolloutProgress progress) {
    return switch (progress.stage()) {
      case SHELTERING -> shelter(progress);
      case FREEZING -> freeze(progress);
      case STOPPING -> stop(progress);
      case STARTING -> start(progress);
      case RECOVERING -> recover(progress);
      case FINISHING -> finish(progress);
    };
  }

  private RolloutStep shelter(RolloutProgress progress) {
    if (progress.overdue(question.now())) {
      return sheltersNoMore(progress);
    }
    var plan = question.plan(progress.set(), progress.replicasBefore());
    var actions = new ArrayList<EsAction>(plan.actions());
    actions.addAll(raises(progress));
    var refusals = question.refusals(progress.set(), Scope.ACTING, Scope.STOPPING);
    if (!plan.stuck().isEmpty()) {
      var stuck =
          plan.stuck().entrySet().stream()
              .limit(STUCK_SHOWN)
              .map(each -> each.getKey() + " (" + each.getValue() + ")")
              .collect(Collectors.joining("; "));
      int more = plan.stuck().size() - STUCK_SHOWN;
      var reason =
          new Reason(
              "ShelterImpossible",
              "No safe place while "
                  + names(progress)
                  + " would be away, for "
                  + stuck
                  + (more > 0 ? " and " + more + " more" : ""));
      var kind = actions.isEmpty() ? Verdict.Kind.BLOCKED : Verdict.Kind.ACTING;
      return new RolloutStep(kind, actions, reason, refusals);
    }
    if (plan.onTheWay().isEmpty() && !refusals.isEmpty()) {
      var reason = new Reason("Blocked", names(progress) + ": " + refusals.get(0).sentence());
      // A new index now and then is no reason to call for a person.
      var kind =
          refusals.stream().allMatch(Rollout::passesByItself)
              ? Verdict.Kind.WAITING
              : Verdict.Kind.BLOCKED;
      return new RolloutStep(kind, actions, reason, refusals);
    }
    var sentence = "brings " + plan.onTheWay().size() + " shards to safety";
    return step(progress, actions, sentence, refusals);
  }

  private static boolean passesByItself(Refusal refusal) {
    return NothingIsMoving.passesByItself(refusal) || NoNoticeStands.passesByItself(refusal);
  }

  /** After the deadline the engine balances again and would undo each move. */
  private RolloutStep sheltersNoMore(RolloutProgress progress) {
    var sentence = names(progress) + " could not be sheltered in time; nothing is moved any more";
    var lift = "set spec.paused to true, then to false: it is tried anew";
    var refusals = new ArrayList<Refusal>();
    refusals.add(new Refusal("DeadlinePassed", sentence, List.of(), lift));
    refusals.addAll(question.refusals(progress.set(), Scope.ACTING, Scope.STOPPING));
    return new RolloutStep(
        Verdict.Kind.BLOCKED, List.of(), new Reason("DeadlinePassed", sentence), refusals);
  }

  /** All that were decided, where disks have not filled since. */
  private List<EsAction> raises(RolloutProgress progress) {
    var raises = new ArrayList<EsAction.SetReplicas>();
    progress
        .replicasBefore()
        .forEach((index, before) -> raise(index, before).ifPresent(raises::add));
    var indices = new HashSet<String>();
    raises.forEach(raise -> indices.add(raise.index()));
    boolean room = indices.isEmpty() || question.placement().disksCouldTakeOneMoreOf(indices);
    return room ? List.copyOf(raises) : List.of();
  }

  /** Once only: an index that was raised already has another count. */
  private Optional<EsAction.SetReplicas> raise(String index, int before) {
    return Optional.ofNullable(question.cluster().indices().get(index))
        .filter(each -> each.replicas() == before)
        .map(each -> new EsAction.SetReplicas(index, before, before + 1));
  }

  private RolloutStep freeze(RolloutProgress progress) {
    var refusals = question.refusals(progress.set(), Scope.ACTING, Scope.STOPPING, Scope.FROZEN);
    return step(progress, born(progress), "is frozen, about to stop", refusals);
  }

  private RolloutStep stop(RolloutProgress progress) {
    var refusals = question.refusals(progress.set(), Scope.ACTING, Scope.STOPPING, Scope.FROZEN);
    var actions = new ArrayList<EsAction>(born(progress));
    if (actions.isEmpty() && refusals.isEmpty()) {
      for (var member : progress.set()) {
        if (question.isSame(member)) {
          question
              .process(member)
              .flatMap(process -> process.incarnation())
              .ifPresent(is -> actions.add(new EsAction.StopNode(member.name(), is)));
        }
      }
    }
    return step(progress, actions, "stops", refusals);
  }

  private RolloutStep start(RolloutProgress progress) {
    var actions = new ArrayList<EsAction>();
    for (var member : progress.set()) {
      if (question.process(member).filter(process -> !process.running()).isPresent()) {
        actions.add(new EsAction.StartNode(member.name()));
      }
    }
    // Last: an allocation that the engine refuses ends the batch.
    actions.addAll(born(progress));
    return step(progress, actions, "starts", List.of());
  }

  private List<EsAction> born(RolloutProgress progress) {
    return new BornWhileFrozen(question, progress.set()).allocations();
  }

  private RolloutStep finish(RolloutProgress progress) {
    var lowering = new LoweringReplicas(question).plan(progress.replicasBefore());
    var actions = new ArrayList<>(lowering.actions());
    // After the deadline the engine balances again and would undo each move.
    boolean still = !question.hindrances().isEmpty() || progress.overdue(question.now());
    actions.removeIf(action -> still && action.disruptive());
    if (actions.isEmpty() && !lowering.stuck().isEmpty()) {
      return keptRaised(lowering.stuck());
    }
    var sentence =
        progress.replicasBefore().isEmpty()
            ? "is finished"
            : "puts replica counts back: " + progress.replicasBefore().keySet();
    return step(progress, actions, sentence, List.of());
  }

  private static RolloutStep keptRaised(List<String> indices) {
    var sentence =
        "The engine could remove the only copy in a reliable zone if the replica count were put"
            + " back";
    var lift = "one more node in a reliable zone, or put number_of_replicas back by hand";
    var refusal = new Refusal("ReliableCopySurvives", sentence, indices, lift);
    var reason = new Reason("ReplicasStayRaised", sentence + ": " + indices);
    return new RolloutStep(Verdict.Kind.BLOCKED, List.of(), reason, List.of(refusal));
  }

  private RolloutStep recover(RolloutProgress progress) {
    long underWay = question.cluster().allCopies().filter(ShardCopy::underWay).count();
    var open = new TreeSet<>(question.placement().placeable());
    var sentence = "waits: " + underWay + " copies recover or move";
    if (!open.isEmpty()) {
      var first = open.stream().limit(3).map(Object::toString).collect(Collectors.joining(", "));
      sentence += "; " + open.size() + " shards lack a copy for which there is a place: " + first;
    }
    var missing = progress.set().stream().map(Mark.Member::name).filter(this::missing).toList();
    if (!missing.isEmpty()) {
      sentence += "; not back: " + missing;
    }
    if (progress.overdue(question.now())) {
      // After five failed allocations the engine waits to be asked, without a word in health.
      sentence += "; see _cluster/allocation/explain, try POST _cluster/reroute?retry_failed=true";
    }
    return step(progress, List.of(), sentence, question.hindrances());
  }

  private boolean missing(NodeName name) {
    return question.cluster().node(name).isEmpty();
  }

  private RolloutStep step(
      RolloutProgress progress, List<EsAction> actions, String sentence, List<Refusal> refusals) {
    var subject = progress.set().isEmpty() ? "the rollout" : names(progress);
    var reason = new Reason(progress.stage().word(), subject + " " + sentence);
    var kind = actions.isEmpty() ? Verdict.Kind.WAITING : Verdict.Kind.ACTING;
    return new RolloutStep(kind, actions, reason, refusals);
  }

  private static String names(RolloutProgress progress) {
    return progress.set().stream()
        .map(Mark.Member::name)
        .map(NodeName::value)
        .collect(Collectors.joining(", "));
  }
}
