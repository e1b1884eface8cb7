package dev.caretaker.elastic;

import dev.caretaker.elastic.action.EsAction;
import dev.caretaker.elastic.drain.DrainStep;
import dev.caretaker.elastic.drain.Exclusions;
import dev.caretaker.elastic.guard.PlanIsApproved;
import dev.caretaker.elastic.guard.WithinWindow;
import dev.caretaker.elastic.handshake.HandshakeStep;
import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.policy.EsPolicy;
import dev.caretaker.elastic.rollout.Rollout;
import dev.caretaker.kernel.Reason;
import dev.caretaker.kernel.Refusal;
import dev.caretaker.kernel.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a decision comes to while no node is being bounced. */
record AtRest(EsPolicy policy, ClusterView cluster, RecentRefusals refused, Instant now) {
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration WATCHING = Duration.ofSeconds(2);
  private static final Duration HINDERED = Duration.ofSeconds(5);
  private static final Duration QUIET = Duration.ofSeconds(30);

  /**
   * Says why nothing is bounced now.
   *
   * @param starts nodes that are started in this pass or soon
   * @param releases what the requests of fleets come to
   * @param hindrances what speaks against anything disruptive
   * @param unapproved what speaks against beginning what comes next
   */
  Verdict verdict(
      Rollout rollout,
      List<EsAction> starts,
      HandshakeStep releases,
      DrainStep drain,
      List<Refusal> hindrances,
      List<Refusal> unapproved) {
    if (!starts.isEmpty()) {
      var sentence = "Starts what is stopped though nothing asks for it: " + names(starts);
      return Verdict.acting(refused.explained(new Reason("Restoring", sentence), starts), SOON);
    }
    if (!releases.actions().isEmpty()) {
      var reason = releases.reason().orElseThrow();
      return Verdict.acting(refused.explained(reason, releases.actions()), SOON);
    }
    var pending = rollout.pending();
    var unlisted = rollout.unlisted();
    var exclusions = new Exclusions(policy, cluster);
    var against = new ArrayList<>(hindrances);
    if (exclusions.somethingNew()) {
      exclusions.leavesNoPlace().ifPresent(against::add);
    }
    boolean asked =
        exclusions.somethingNew()
            || !pending.isEmpty()
            || !unlisted.isEmpty()
            || releases.reason().isPresent();
    if (asked && (!against.isEmpty() || !unapproved.isEmpty())) {
      return against.stream().allMatch(this::isWaitedFor)
          ? unapproved.isEmpty() ? laterInAWindow() : unapproved(unapproved, against)
          : blocked(against);
    }
    return underWay(releases, drain).orElseGet(() -> wish(pending, unlisted));
  }

  private static Verdict blocked(List<Refusal> against) {
    var first = against.get(0);
    var reason = new Reason(first.guard(), first.sentence() + "; to go on: " + first.liftedBy());
    return Verdict.blocked(reason, against, HINDERED);
  }

  /** Of what is being emptied, for a person or a fleet. */
  private static Optional<Verdict> underWay(HandshakeStep releases, DrainStep drain) {
    if (!drain.refusals().isEmpty()) {
      var sentence = drain.refusals().get(0).sentence();
      var reason = new Reason("DrainBlocked", sentence);
      return Optional.of(Verdict.blocked(reason, drain.refusals(), HINDERED));
    }
    if (!releases.refusals().isEmpty() && !releases.underWay()) {
      return Optional.of(blocked(releases.refusals()));
    }
    if (releases.reason().isPresent()) {
      return Optional.of(Verdict.waiting(said(releases.reason().get(), drain), WATCHING));
    }
    return drain.progress().isPresent() && !drain.proven()
        ? Optional.of(Verdict.waiting(drain.reason(), WATCHING))
        : Optional.empty();
  }

  private static Reason said(Reason release, DrainStep drain) {
    boolean drains = drain.progress().isPresent() && !drain.proven();
    var sentence = release.sentence() + (drains ? "; " + drain.reason().sentence() : "");
    return new Reason(release.code(), sentence);
  }

  private boolean isWaitedFor(Refusal refusal) {
    return WithinWindow.isWaitedFor(refusal, policy.rollout(), now);
  }

  /** Nobody has to do anything, so that it is not called blocked. */
  private Verdict laterInAWindow() {
    var next = WithinWindow.next(policy.rollout(), now).orElseThrow();
    var sentence = "Waits for the next window of spec.rollout.windows, which opens at " + next;
    return Verdict.waiting(new Reason("OutsideWindow", sentence), atMostQuiet(next));
  }

  /** A person is asked before the window opens, and not first when it does. */
  private Verdict unapproved(List<Refusal> unapproved, List<Refusal> windows) {
    var first = unapproved.get(0);
    var sentence = "Waits: " + first.sentence() + "; to go on: " + first.liftedBy();
    var reason = new Reason(first.guard(), sentence);
    var all = new ArrayList<>(unapproved);
    all.addAll(windows);
    return PlanIsApproved.isWaitedFor(first, policy.rollout().approval())
        ? Verdict.waiting(reason, all, HINDERED)
        : Verdict.blocked(reason, all, HINDERED);
  }

  private Duration atMostQuiet(Instant next) {
    var until = Duration.between(now, next);
    return until.compareTo(QUIET) < 0 ? until : QUIET;
  }

  private static List<NodeName> names(List<EsAction> starts) {
    return starts.stream()
        .filter(EsAction.StartNode.class::isInstance)
        .map(each -> ((EsAction.StartNode) each).node())
        .toList();
  }

  /** What is left of the wish for a rollout. */
  private Verdict wish(List<NodeName> pending, List<NodeName> unlisted) {
    if (!pending.isEmpty()) {
      var sentence = "Waits for " + pending + ": the node or its host does not answer";
      return Verdict.waiting(new Reason("NoCandidate", sentence), HINDERED);
    }
    if (!unlisted.isEmpty()) {
      var sentence = "Cannot bounce " + unlisted + ": spec.hosts.list does not name them";
      var lift = "list them, or leave them out by spec.rollout.select";
      var refusal = new Refusal("HostsAreListed", sentence, List.of(), lift);
      return Verdict.blocked(new Reason("HostsAreListed", sentence), List.of(refusal), QUIET);
    }
    var later = policy.rollout().restartedAt().filter(at -> at.isAfter(now));
    if (later.isEmpty()) {
      return Verdict.settled(new Reason("Settled", "Nothing to do"), QUIET);
    }
    var sentence = "Nothing to do before spec.rollout.restartedAt, " + later.get();
    return Verdict.settled(new Reason("RestartIsLater", sentence), atMostQuiet(later.get()));
  }
}
