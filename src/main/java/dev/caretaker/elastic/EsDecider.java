package dev.caretaker.elastic;

import dev.caretaker.elastic.action.EsAction;
import dev.caretaker.elastic.action.RefusedAction;
import dev.caretaker.elastic.guard.Guards;
import dev.caretaker.elastic.interruption.Interruption;
import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.EsView;
import dev.caretaker.elastic.model.Mark;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.SpotMachine;
import dev.caretaker.elastic.policy.EsPolicy;
import dev.caretaker.elastic.rollout.RolloutProgress;
import dev.caretaker.elastic.rollout.Stage;
import dev.caretaker.kernel.Observed;
import dev.caretaker.kernel.Reason;
import dev.caretaker.kernel.Refusal;
import dev.caretaker.kernel.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who may act on a cluster now, and what it does: the whole of Caretaker for Elasticsearch. */
public final class EsDecider {
  private static final Duration UNSEEN = Duration.ofSeconds(5);
  private static final Duration REFUSED = Duration.ofSeconds(15);

  private final Guards guards;

  public EsDecider(Guards guards) {
    this.guards = guards;
  }

  /**
   * Decides the next step; equal arguments give equal decisions.
   *
   * @param recentlyRefused what the world refused in the last minutes, so that it is not asked the
   *     same at once
   * @param now by Caretaker's clock
   */
  public EsDecision decide(
      EsPolicy policy,
      EsView read,
      EsProgress progress,
      List<RefusedAction> recentlyRefused,
      Instant now) {
    var view = read.without(progress.handshake()::isReleased).withoutOldNotices();
    var machines = view.machines().stream().filter(each -> !released(progress, each)).toList();
    var asked = (policy.deleting() ? policy.leaving() : policy).withHosts(machines);
    var refused = new RecentRefusals(recentlyRefused, now);
    if (view.cluster() instanceof Observed.Unknown<ClusterView> unknown) {
      return unseen(asked, view, progress, refused, unknown.cause());
    }
    var cluster = view.cluster().ifKnown().orElseThrow();
    if (!cluster.fromMaster()) {
      return unseen(asked, view, progress, refused, "no elected master has answered");
    }
    var foreign = Ownership.refuses(asked, view, cluster);
    if (foreign.isPresent()) {
      return refused(asked, view, cluster, progress, foreign.get(), now);
    }
    var known = Remembering.rebuilt(progress, asked, cluster, now);
    var approval = asked.rollout().approval().granting(known.approved());
    return new ClusterCare(asked.with(approval), view, cluster, guards, refused, now).decide(known);
  }

  private static boolean released(EsProgress progress, SpotMachine machine) {
    return progress.handshake().isReleased(machine.node());
  }

  /**
   * Nothing is known of the engine; a node that we stopped is started all the same, at the latest
   * when its stop is overdue, because its absence may be why nothing is known.
   */
  private static EsDecision unseen(
      EsPolicy policy, EsView view, EsProgress progress, RecentRefusals refused, String cause) {
    var stopping = progress.rollout().filter(rollout -> !rollout.overdue(refused.now()));
    var asked = new LinkedHashSet<>(starts(policy, view, stopping));
    progress.rollout().ifPresent(rollout -> asked.addAll(startsOf(rollout, view, refused.now())));
    asked.addAll(startsOfAskedFor(view, progress, refused.now()));
    var interruption = new Interruption(policy, view);
    asked.removeIf(
        each ->
            each instanceof EsAction.StartNode start
                && interruption.isOver(start.node(), refused.now()));
    asked.addAll(interruption.stops(view, refused.now()));
    var starts = refused.without(asked);
    var unread = new Reason("Unobserved", "The cluster could not be read: " + cause);
    var reason = refused.explained(unread, asked);
    var verdict =
        starts.isEmpty()
            ? Verdict.waiting(reason, UNSEEN)
            : Verdict.acting(reason, Duration.ofSeconds(2));
    var told = new EsConditions(policy, view, Optional.empty(), refused.now());
    return new EsDecision(
        progress,
        verdict,
        starts,
        told.unseen(cause),
        EsSummaries.unseen(view, progress, reason),
        Set.of(),
        Observed.unknown(cause),
        false);
  }

  /**
   * The cluster belongs to somebody else: nothing is written, and nothing of ours is left there.
   */
  private static EsDecision refused(
      EsPolicy policy,
      EsView view,
      ClusterView cluster,
      EsProgress progress,
      Refusal refusal,
      Instant now) {
    var verdict =
        Verdict.blocked(
            new Reason(refusal.guard(), refusal.sentence() + "; " + refusal.liftedBy()),
            List.of(refusal),
            REFUSED);
    var told = new EsConditions(policy, view, Optional.of(cluster), now);
    return new EsDecision(
        progress,
        verdict,
        List.of(),
        told.of(verdict, Optional.empty(), Optional.empty(), List.of(refusal)),
        EsSummaries.of(policy, view, cluster, List.of(), verdict, now, told.unsheltered()),
        Set.of(),
        Observed.unknown(refusal.sentence()),
        true);
  }

  /**
   * Nodes that are cleanly stopped while nothing asks for that: restoring is always allowed. Who
   * declares a node to be emptied and stops it then, wants it away, unless it was we who stopped
   * it; and what a fleet asks for is started where the handshake needs it.
   */
  static List<EsAction> starts(EsPolicy policy, EsView view, Optional<RolloutProgress> rollout) {
    return view.cleanlyStopped().stream()
        .filter(node -> !leaving(node, rollout))
        .filter(node -> isOfSet(node, rollout) || policy.deleting() || !view.isAskedFor(node))
        .filter(node -> isOfSet(node, rollout) || !excluded(node, policy))
        .map(node -> (EsAction) new EsAction.StartNode(node))
        .toList();
  }

  /** Nodes of a set that has begun to leave, whether they were stopped or died. */
  private static List<EsAction> startsOf(RolloutProgress rollout, EsView view, Instant now) {
    boolean stopped = rollout.stage() == Stage.STOPPING && rollout.overdue(now);
    if (!stopped && rollout.stage() != Stage.STARTING) {
      return List.of();
    }
    return rollout.set().stream()
        .map(Mark.Member::name)
        .filter(node -> view.process(node).ifKnown().filter(p -> !p.running()).isPresent())
        .map(node -> (EsAction) new EsAction.StartNode(node))
        .toList();
  }

  /** All but the machine that has just been stopped because it was empty. */
  private static List<EsAction> startsOfAskedFor(EsView view, EsProgress progress, Instant now) {
    var going = progress.handshake().leaving().filter(each -> !each.overdue(now));
    return view.cleanlyStopped().stream()
        .filter(view::isAskedFor)
        .filter(node -> going.filter(each -> each.member().name().equals(node)).isEmpty())
        .map(node -> (EsAction) new EsAction.StartNode(node))
        .toList();
  }

  private static boolean leaving(NodeName node, Optional<RolloutProgress> rollout) {
    return isOfSet(node, rollout.filter(progress -> progress.stage() == Stage.STOPPING));
  }

  private static boolean isOfSet(NodeName node, Optional<RolloutProgress> rollout) {
    return rollout
        .filter(progress -> progress.set().stream().anyMatch(m -> m.name().equals(node)))
        .isPresent();
  }

  private static boolean excluded(NodeName node, EsPolicy policy) {
    var zone = policy.hosts().getOrDefault(node, Optional.empty());
    return policy.allocation().excludeNodes().contains(node)
        || zone.filter(name -> policy.allocation().excludeZones().contains(name)).isPresent();
  }
}
