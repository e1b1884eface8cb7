package dev.caretaker.elastic;

import dev.caretaker.elastic.action.EsAction;
import dev.caretaker.elastic.drain.Drain;
import dev.caretaker.elastic.drain.DrainStep;
import dev.caretaker.elastic.guard.Guards;
import dev.caretaker.elastic.handshake.FleetAnswer;
import dev.caretaker.elastic.handshake.Handshake;
import dev.caretaker.elastic.handshake.HandshakeStep;
import dev.caretaker.elastic.handshake.Leaving;
import dev.caretaker.elastic.interruption.Interruption;
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
import dev.caretaker.kernel.Observed;
import dev.caretaker.kernel.Reason;
import dev.caretaker.kernel.Refusal;
import dev.caretaker.kernel.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
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
  private final Interruption interruption;
  private final Beginnings beginnings;

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
    this.interruption = new Interruption(policy, view);
    this.beginnings = new Beginnings(policy, view, cluster, guards, now);
  }

  EsDecision decide(EsProgress progress) {
    var hindrances = beginnings.hindrances(progress);
    var rollout =
        new Rollout(
            policy, view, cluster, guards, progress.bounced(), hindrances, refused.all(), now);
    var handshake = new Handshake(policy, view, cluster, guards, hindrances, now);
    boolean turn = !Beginnings.setHasBegun(progress);
    var taken = interruption.nodes(hindrances);
    var declared = beginnings.routing(progress, hindrances).excluding(taken);
    var before = handshake.emptying(progress.handshake(), turn);
    var standing = wanted(progress, declared.excluding(before.nodes()).excluding(before.barred()));
    boolean stands = standing.inForce(cluster.settings(), progress.sequence());
    var machines = handshake.settle(progress.handshake(), stands, turn);
    var emptying = handshake.emptying(machines, turn);
    var routing = declared.excluding(emptying.nodes());
    var baseline = policy.baseline().excluding(taken).excluding(emptying.nodes());
    var drain = new Drain(cluster, policy, baseline, routing, now).look(progress.drain());
    boolean othersComeFirst =
        !baseline.equals(routing)
            || (routing.drains() && !drain.proven())
            || handshake.comesFirst(machines, emptying)
            || interruption.stands();
    var stage = rollout.settle(progress.rollout(), stands, !othersComeFirst);
    var next = Remembering.next(progress, stage, drain.progress(), machines, rollout);
    var wanted = wanted(next, routing.excluding(emptying.barred()));
    var releases = handshake.act(machines, emptying, drain, turn && !Beginnings.setHasBegun(next));
    var around =
        new Around(
            drain,
            releases,
            hindrances,
            baseline,
            wanted,
            handshake.answer(machines, emptying, drain));
    return wanted.inForce(cluster.settings(), progress.sequence())
        ? act(next, rollout, around)
        : write(next, progress, around);
  }

  /**
   * What was found out beside the rollout.
   *
   * @param releases what the requests of fleets come to, once the settings are in force
   * @param baseline the routing that is declared, with the machines that are being emptied
   */
  private record Around(
      DrainStep drain,
      HandshakeStep releases,
      List<Refusal> hindrances,
      Routing baseline,
      WantedSettings wanted,
      FleetAnswer fleet) {}

  private WantedSettings wanted(EsProgress progress, Routing routing) {
    var rollout = progress.rollout();
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
            policy.request(),
            progress.handshake().leaving().stream().map(Leaving::member).toList());
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

  private EsDecision write(EsProgress next, EsProgress before, Around around) {
    var wanted = around.wanted();
    var urgent = new LinkedHashSet<EsAction>(interruption.stops(view, now));
    var moves = interruption.moves(cluster, around.hindrances(), refused.all(), now);
    // Before the exclusion, under which the engine would fill the transfers with copies that are
    // safe elsewhere; a freeze does not forbid them. One that was refused must not hold up a thaw.
    if (refused.all().stream().noneMatch(each -> each.action() instanceof EsAction.MoveShard)) {
      urgent.addAll(moves);
    }
    var later = started(EsDecider.starts(policy, view, next.rollout()));
    later.addAll(moves);
    var actions = new LinkedHashSet<EsAction>(refused.without(urgent));
    var waits = refused.lastWrite();
    if (waits.isPresent()) {
      actions.addAll(refused.without(later));
      var reason = new Reason("SettingsNotWritten", waits.get().sentence());
      var verdict =
          actions.isEmpty() ? Verdict.waiting(reason, WATCHING) : Verdict.acting(reason, WATCHING);
      return decision(next, verdict, List.copyOf(actions), around);
    }
    // A write that was decided and not seen yet keeps its number: a new one would be a new status
    // to save each time, and an operator that dies after every save would never come to write.
    long standing = cluster.mark().map(Mark::sequence).orElse(0L);
    long number = before.sequence() > standing ? before.sequence() : standing + 1;
    // Before the starts, because a host that refuses must not keep a thaw from being written; after
    // a write that failed they go out without it.
    actions.add(wanted.put(number));
    actions.addAll(refused.without(later));
    if (entersFreeze(before.rollout(), next.rollout())) {
      actions.add(new EsAction.Flush());
    }
    var what =
        wanted.mark().map(mark -> mark.procedure() + " " + mark.stage()).orElse("the baseline");
    var reason = new Reason("WritingSettings", "Writes the settings of " + what);
    var verdict = Verdict.acting(reason, SOON);
    return decision(next.withSequence(number), verdict, List.copyOf(actions), around);
  }

  private static boolean entersFreeze(
      Optional<RolloutProgress> before, Optional<RolloutProgress> after) {
    return after.filter(each -> each.stage() == Stage.FREEZING).isPresent()
        && before.filter(each -> each.stage() == Stage.FREEZING).isEmpty();
  }

  private EsDecision act(EsProgress next, Rollout rollout, Around around) {
    var starts = started(EsDecider.starts(policy, view, next.rollout()));
    // Of a batch that a host or the engine breaks off, this must have gone out.
    var rescue = new LinkedHashSet<EsAction>(interruption.stops(view, now));
    rescue.addAll(interruption.moves(cluster, around.hindrances(), refused.all(), now));
    rescue.addAll(starts);
    if (next.rollout().isPresent()) {
      var step = rollout.act(next.rollout().get());
      var asked = new LinkedHashSet<EsAction>(rescue);
      asked.addAll(started(step.actions()));
      asked.addAll(started(around.releases().actions()));
      var actions = refused.without(asked);
      var verdict = verdict(step, refused.explained(step.reason(), asked), actions);
      return decision(next, verdict, actions, around);
    }
    if (interruption.stands()) {
      var verdict = verdict(interruption.reason(), List.copyOf(rescue));
      return decision(next, verdict, refused.without(rescue), around);
    }
    var unapproved = beginnings.unapproved();
    // Nobody is asked about a set that the drain under way keeps waiting.
    var drain = around.drain();
    boolean drains = drain.progress().isPresent() && !drain.proven();
    var rest = new AtRest(policy, cluster, refused, now);
    var verdict =
        rest.verdict(
            rollout,
            starts,
            around.releases(),
            drain,
            around.hindrances(),
            unapproved.isEmpty() && !drains ? rollout.unapproved() : unapproved);
    starts.addAll(around.releases().actions());
    return decision(next, verdict, refused.without(starts), around);
  }

  /** Nothing that EC2 has already announced the end of is started any more. */
  private List<EsAction> started(List<EsAction> actions) {
    return new ArrayList<>(
        actions.stream()
            .filter(
                each ->
                    !(each instanceof EsAction.StartNode start)
                        || !interruption.isOver(start.node(), now))
            .toList());
  }

  private static Verdict verdict(Reason reason, List<EsAction> actions) {
    return actions.isEmpty() ? Verdict.waiting(reason, SOON) : Verdict.acting(reason, SOON);
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
      EsProgress next, Verdict verdict, List<EsAction> actions, Around around) {
    var wanted = around.wanted();
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
            around.baseline().drains() ? Optional.of(around.drain()) : Optional.empty(),
            around.hindrances()),
        EsSummaries.of(policy, view, cluster, holds, verdict, now, told.unsheltered()),
        around.drain().explain(),
        Observed.known(around.fleet()),
        restored);
  }
}
