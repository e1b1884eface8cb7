package dev.caretaker.elastic;

import dev.caretaker.elastic.action.EsAction;
import dev.caretaker.elastic.drain.Drain;
import dev.caretaker.elastic.drain.DrainStep;
import dev.caretaker.elastic.drain.Exclusions;
import dev.caretaker.elastic.guard.Beginning;
import dev.caretaker.elastic.guard.Guards;
import dev.caretaker.elastic.guard.Scope;
import dev.caretaker.elastic.guard.StopQuestion;
import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.EsView;
import dev.caretaker.elastic.model.Holds;
import dev.caretaker.elastic.model.Mark;
import dev.caretaker.elastic.model.Routing;
import dev.caretaker.elastic.policy.EsPolicy;
import dev.caretaker.elastic.rollout.Rollout;
import dev.caretaker.elastic.rollout.RolloutProgress;
import dev.caretaker.elastic.rollout.RolloutStep;
import dev.caretaker.elastic.rollout.Stage;
import dev.caretaker.elastic.routing.WantedSettings;
import dev.caretaker.kernel.Reason;
import dev.caretaker.kernel.Refusal;
import dev.caretaker.kernel.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** One decision about a cluster that was read and is ours to care for. */
final class ClusterCare {
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration WATCHING = Duration.ofSeconds(2);
  private static final Duration HINDERED = Duration.ofSeconds(5);

  private final EsPolicy policy;
  private final EsView view;
  private final ClusterView cluster;
  private final Guards guards;
  private final RecentRefusals refused;
  private final Instant now;

  ClusterCare(
      EsPolicy policy,
      EsView view,
      ClusterView cluster,
      Guards guards,
      RecentRefusals refused,
      Instant now) {
    this.policy = policy;
    this.view = view;
    this.cluster = cluster;
    this.guards = guards;
    this.refused = refused;
    this.now = now;
  }

  EsDecision decide(EsProgress progress) {
    var hindrances = hindrances(progress);
    var rollout =
        new Rollout(
            policy, view, cluster, guards, progress.bounced(), hindrances, refused.all(), now);
    var routing = routing(progress, hindrances);
    var standing = wanted(progress.rollout(), routing);
    boolean stands = standing.inForce(cluster.settings(), progress.sequence());
    var drain = new Drain(cluster, policy, routing, now).look(progress.drain());
    boolean drainComesFirst =
        !policy.baseline().equals(routing) || (drains(routing) && !drain.proven());
    var stage = rollout.settle(progress.rollout(), stands, !drainComesFirst);
    boolean same = stage.equals(progress.rollout());
    var wanted = same ? standing : wanted(stage, routing);
    boolean inForce = same ? stands : wanted.inForce(cluster.settings(), progress.sequence());
    var next = Remembering.next(progress, stage, drain.progress(), rollout);
    if (!inForce) {
      return write(next, progress, wanted, drain, hindrances);
    }
    return act(next, rollout, drain, hindrances, wanted);
  }

  /** What speaks against anything disruptive now. */
  private List<Refusal> hindrances(EsProgress progress) {
    var set = progress.rollout().map(RolloutProgress::set).orElse(List.of());
    var hindrances = new ArrayList<Refusal>(new Preconditions(policy, cluster).unmet());
    hindrances.addAll(guards.ask(new StopQuestion(policy, view, cluster, set, now), Scope.ACTING));
    return hindrances;
  }

  /** The declared baseline, less the exclusions that may not begin yet. */
  private Routing routing(EsProgress progress, List<Refusal> hindrances) {
    var exclusions = new Exclusions(policy, cluster);
    boolean setHasBegun =
        progress.rollout().filter(each -> each.stage() != Stage.FINISHING).isPresent();
    boolean mayBegin =
        hindrances.isEmpty()
            && !setHasBegun
            && exclusions.leavesNoPlace().isEmpty()
            && unapproved(exclusions).isEmpty();
    return mayBegin ? policy.baseline() : exclusions.standing();
  }

  /** What speaks against beginning the drains that are declared and not written yet. */
  private List<Refusal> unapproved(Exclusions exclusions) {
    var drain = exclusions.drain();
    if (!exclusions.somethingNew() || drain.nodes().isEmpty()) {
      return List.of();
    }
    var beginning = Optional.of(new Beginning(drain, Set.of()));
    return guards.ask(
        new StopQuestion(policy, view, cluster, List.of(), beginning, now), Scope.BEGINNING);
  }

  private static boolean drains(Routing routing) {
    return !routing.excludedNames().isEmpty() || !routing.excludedZones().isEmpty();
  }

  private WantedSettings wanted(Optional<RolloutProgress> rollout, Routing routing) {
    if (rollout.isEmpty() && cluster.mark().isEmpty() && Ownership.released(policy, cluster)) {
      return WantedSettings.released();
    }
    var holds = rollout.map(this::holds).orElse(Holds.NONE);
    var mark =
        new Mark(
            policy.owner(),
            0,
            rollout.isPresent() ? RolloutProgress.PROCEDURE : "Baseline",
            rollout.map(each -> each.stage().word()).orElse("None"),
            rollout.map(RolloutProgress::set).orElse(List.of()),
            rollout.map(RolloutProgress::replicasBefore).orElse(new TreeMap<>()),
            new TreeMap<>(),
            policy.request());
    return WantedSettings.of(
        policy, cluster.settings(), routing.with(holds), mark, rollout.isPresent());
  }

  /** A stage that outlived its deadline lets go of what is not needed for safety. */
  private Holds holds(RolloutProgress progress) {
    boolean restful =
        switch (progress.stage()) {
          case SHELTERING, RECOVERING, FINISHING -> true;
          case FREEZING, STOPPING, STARTING -> false;
        };
    return restful && progress.overdue(now) ? Holds.NONE : progress.stage().holds(progress.set());
  }

  private EsDecision write(
      EsProgress next,
      EsProgress before,
      WantedSettings wanted,
      DrainStep drain,
      List<Refusal> hindrances) {
    var starts = refused.without(EsDecider.starts(policy, view, next.rollout()));
    var waits = refused.lastWrite();
    if (waits.isPresent()) {
      var reason = new Reason("SettingsNotWritten", waits.get().sentence());
      var verdict =
          starts.isEmpty() ? Verdict.waiting(reason, WATCHING) : Verdict.acting(reason, WATCHING);
      return decision(next, verdict, starts, drain, hindrances, wanted);
    }
    // A write that was decided and not seen yet keeps its number: a new one would be a new status
    // to save each time, and an operator that dies after every save would never come to write.
    long standing = cluster.mark().map(Mark::sequence).orElse(0L);
    long number = before.sequence() > standing ? before.sequence() : standing + 1;
    var actions = new ArrayList<EsAction>();
    // First, because a host that refuses must not keep a thaw from being written; and after a
    // write that failed the starts go out alone.
    actions.add(wanted.put(number));
    actions.addAll(starts);
    if (entersFreeze(before.rollout(), next.rollout())) {
      actions.add(new EsAction.Flush());
    }
    var what =
        wanted.mark().map(mark -> mark.procedure() + " " + mark.stage()).orElse("the baseline");
    var reason = new Reason("WritingSettings", "Writes the settings of " + what);
    var verdict = Verdict.acting(reason, SOON);
    return decision(next.withSequence(number), verdict, actions, drain, hindrances, wanted);
  }

  private static boolean entersFreeze(
      Optional<RolloutProgress> before, Optional<RolloutProgress> after) {
    return after.filter(each -> each.stage() == Stage.FREEZING).isPresent()
        && before.filter(each -> each.stage() == Stage.FREEZING).isEmpty();
  }

  private EsDecision act(
      EsProgress next,
      Rollout rollout,
      DrainStep drain,
      List<Refusal> hindrances,
      WantedSettings wanted) {
    var starts = EsDecider.starts(policy, view, next.rollout());
    if (next.rollout().isPresent()) {
      var step = rollout.act(next.rollout().get());
      var asked = new LinkedHashSet<EsAction>(starts);
      asked.addAll(step.actions());
      var actions = refused.without(asked);
      var verdict = verdict(step, refused.explained(step.reason(), asked), actions);
      return decision(next, verdict, actions, drain, hindrances, wanted);
    }
    var unapproved = unapproved(new Exclusions(policy, cluster));
    // Nobody is asked about a set that the drain under way keeps waiting.
    boolean drains = drain.progress().isPresent() && !drain.proven();
    var rest = new AtRest(policy, cluster, refused, now);
    var verdict =
        rest.verdict(
            rollout,
            starts,
            drain,
            hindrances,
            unapproved.isEmpty() && !drains ? rollout.unapproved() : unapproved);
    return decision(next, verdict, refused.without(starts), drain, hindrances, wanted);
  }

  private static Verdict verdict(RolloutStep step, Reason reason, List<EsAction> actions) {
    if (!actions.isEmpty()) {
      return Verdict.acting(reason, SOON);
    }
    return step.kind() == Verdict.Kind.BLOCKED
        ? Verdict.blocked(reason, step.refusals(), HINDERED)
        : Verdict.waiting(reason, WATCHING);
  }

  private EsDecision decision(
      EsProgress next,
      Verdict verdict,
      List<EsAction> actions,
      DrainStep drain,
      List<Refusal> hindrances,
      WantedSettings wanted) {
    var told = new EsConditions(policy, view, Optional.of(cluster), now);
    var holds = next.rollout().map(this::holds).map(Holds::words).orElse(List.of());
    boolean restored =
        wanted.mark().isEmpty()
            && wanted.inForce(cluster.settings(), next.sequence())
            && EsDecider.starts(policy, view, next.rollout()).isEmpty();
    return new EsDecision(
        next,
        verdict,
        actions,
        told.of(
            verdict,
            next.rollout(),
            drains(policy.baseline()) ? Optional.of(drain) : Optional.empty(),
            hindrances),
        EsSummaries.of(policy, view, cluster, holds, verdict, now, told.unsheltered()),
        drain.explain(),
        restored);
  }
}
