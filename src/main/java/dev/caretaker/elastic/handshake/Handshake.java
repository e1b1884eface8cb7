package dev.caretaker.elastic.handshake;

import dev.caretaker.elastic.action.EsAction;
import dev.caretaker.elastic.drain.DrainStep;
import dev.caretaker.elastic.drain.Exclusions;
import dev.caretaker.elastic.guard.Guards;
import dev.caretaker.elastic.guard.NodeIsEmpty;
import dev.caretaker.elastic.guard.ZoneIsNotFailing;
import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.EsView;
import dev.caretaker.elastic.model.HostProcess;
import dev.caretaker.elastic.model.Mark;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.NodeView;
import dev.caretaker.elastic.policy.EsPolicy;
import dev.caretaker.elastic.shelter.Doubts;
import dev.caretaker.kernel.Reason;
import dev.caretaker.kernel.Refusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Lets machines of fleets go: each is emptied, then marked, then stopped, and answered for once it
 * is gone and proven stopped. One at a time is stopped.
 */
public final class Handshake {
  private final EsPolicy policy;
  private final EsView view;
  private final ClusterView cluster;
  private final List<Refusal> hindrances;
  private final Instant now;
  private final Exclusions exclusions;
  private final MachineFacts facts;
  private final Waits waits;

  public Handshake(
      EsPolicy policy,
      EsView view,
      ClusterView cluster,
      Guards guards,
      List<Refusal> hindrances,
      Instant now) {
    this.policy = policy;
    this.view = view;
    this.cluster = cluster;
    this.hindrances = hindrances;
    this.now = now;
    this.exclusions = new Exclusions(policy, cluster);
    this.facts = new MachineFacts(policy, view, cluster, guards, now);
    this.waits = new Waits(facts);
  }

  /**
   * Which machines are emptied now.
   *
   * @param turn whether no rollout has begun a set
   */
  public Emptying emptying(HandshakeProgress progress, boolean turn) {
    return new Emptier(facts, exclusions, hindrances).emptying(progress, turn);
  }

  /**
   * How far the machines have come, by what was seen.
   *
   * @param inForce whether the settings that were wanted for the given progress were read back
   * @param turn whether no rollout has begun a set
   */
  public HandshakeProgress settle(HandshakeProgress before, boolean inForce, boolean turn) {
    var progress = before.refreshed(view);
    progress = progress.withWaiting(waits.since(progress));
    progress = progress.with(progress.leaving().filter(each -> stillLeaves(each)));
    for (var machine : facts.open(progress)) {
      // Its exclusion stands before the answer does: it may start itself at any time.
      boolean proven =
          inForce
              && exclusions.isInForce(machine.node())
              && (progress.isLeaving(machine.node())
                  ? facts.doubt().isEmpty()
                  : turn && mayGo(machine.node()));
      if (proven && facts.isGone(machine.node()) && !progress.full()) {
        progress = progress.releasing(machine, machine.releaseRequest().orElseThrow(), now);
      }
    }
    return inForce && turn && progress.leaving().isEmpty()
        ? progress.with(next(progress))
        : progress;
  }

  /** The brake is no reason to keep what never joined: that may be why it is on. */
  private boolean mayGo(NodeName node) {
    return facts.isNotNeeded(node) && hindrances.stream().allMatch(ZoneIsNotFailing::said);
  }

  /**
   * Whoever is gone already is no less proven for what came in the way since; but where the cluster
   * misses a primary for long, it is started again, in case that it was there.
   */
  private boolean stillLeaves(Leaving leaving) {
    var member = leaving.member();
    boolean asked = !policy.deleting() && view.isAskedFor(member.name());
    if (!asked || !exclusions.isInForce(member.name())) {
      return false;
    }
    if (facts.isGone(member.name())) {
      return facts.doubt().isEmpty() || !leaving.overdue(now);
    }
    var node = cluster.node(member.name());
    boolean other =
        node.filter(each -> !each.ephemeralId().equals(member.ephemeralId())).isPresent();
    boolean untouched = node.filter(NodeView::answers).isPresent() && facts.runs(member.name());
    return !other && !leaving.overdue(now) && (!untouched || facts.refusals(member).isEmpty());
  }

  private Optional<Leaving> next(HandshakeProgress progress) {
    if (progress.full()) {
      return Optional.empty();
    }
    return facts.open(progress).stream()
        .flatMap(machine -> cluster.node(machine.node()).stream())
        .filter(node -> node.answers() && facts.runs(node.name()))
        .map(MachineFacts::member)
        .filter(member -> facts.refusals(member).isEmpty())
        .findFirst()
        .map(member -> new Leaving(member, now));
  }

  /** Whether a machine is about to go, so that no rollout begins a set before it is gone. */
  public boolean comesFirst(HandshakeProgress progress, Emptying emptying) {
    return emptying.waits()
        || progress.leaving().isPresent()
        || facts.open(progress).stream()
            .flatMap(machine -> cluster.node(machine.node()).stream())
            .filter(node -> emptying.nodes().contains(node.name()))
            .filter(node -> waits.refusal(progress, node.name()).isEmpty())
            .anyMatch(
                node ->
                    facts.refusals(MachineFacts.member(node)).stream()
                        .allMatch(NodeIsEmpty::passesByItself));
  }

  /**
   * What is done now; the settings are in force.
   *
   * @param turn whether no rollout has begun a set
   */
  public HandshakeStep act(
      HandshakeProgress progress, Emptying emptying, DrainStep drain, boolean turn) {
    var actions = new ArrayList<EsAction>();
    var refusals = new ArrayList<>(emptying.refusals());
    var reasons = new ArrayList<String>();
    boolean underWay = progress.leaving().isPresent();
    for (var machine : facts.open(progress)) {
      var node = machine.node();
      var overdue = waits.refusal(progress, node);
      overdue.ifPresent(refusals::add);
      var leaving = progress.leaving().filter(each -> each.member().name().equals(node));
      if (leaving.isPresent()) {
        reasons.add("stops " + node + ", which is empty");
        stop(leaving.get().member(), turn).ifPresent(actions::add);
      } else if (cluster.node(node).isEmpty()) {
        restart(node, emptying, turn).ifPresent(actions::add);
        if (facts.isGone(node)) {
          refusals.addAll(facts.votes(node));
        }
        reasons.add(whyNotYet(node));
      } else if (emptying.nodes().contains(node)) {
        var member = MachineFacts.member(cluster.node(node).get());
        var against = new ArrayList<>(facts.refusals(member));
        against.removeIf(MachineFacts::passesByItself);
        refusals.addAll(against);
        underWay |= against.isEmpty() && overdue.isEmpty();
        reasons.add("empties " + node);
      } else {
        reasons.add(node + " waits");
      }
    }
    refusals.addAll(drain.refusals());
    return new HandshakeStep(actions, reason(reasons), refusals, underWay);
  }

  private static Optional<Reason> reason(List<String> reasons) {
    return reasons.isEmpty()
        ? Optional.empty()
        : Optional.of(new Reason("Releasing", "For a fleet: " + Doubts.shown(reasons)));
  }

  private Optional<EsAction> stop(Mark.Member member, boolean turn) {
    boolean there =
        cluster
            .node(member.name())
            .filter(node -> node.ephemeralId().equals(member.ephemeralId()))
            .isPresent();
    return turn && there && facts.refusals(member).isEmpty()
        ? facts
            .process(member.name())
            .flatMap(HostProcess::incarnation)
            .map(is -> new EsAction.StopNode(member.name(), is))
        : Optional.empty();
  }

  /**
   * A machine that stopped, of which nobody knows that it was empty, is started and emptied; never
   * before its exclusion keeps all copies off, unless what it holds may be needed now. A set that
   * has begun may wait for it, and it cannot be answered for meanwhile.
   */
  private Optional<EsAction> restart(NodeName node, Emptying emptying, boolean turn) {
    boolean starts =
        facts.isGone(node)
            && (!turn || !facts.isNotNeeded(node))
            && (exclusions.isInForce(node) || !emptying.nodes().contains(node));
    return starts ? Optional.of(new EsAction.StartNode(node)) : Optional.empty();
  }

  private String whyNotYet(NodeName node) {
    if (facts.process(node).isEmpty()) {
      return node
          + " is not in the cluster, and its host does not answer: nobody knows whether"
          + " its process is stopped";
    }
    if (facts.runs(node)) {
      return node + " is not in the cluster though its process runs: it has to join, to be emptied";
    }
    return facts.isNotNeeded(node)
        ? node + " is stopped, and not needed"
        : node + " is stopped, and nobody knows that it was empty: it is started to be emptied";
  }

  /** What the cluster says of the machines of its fleets. */
  public FleetAnswer answer(HandshakeProgress progress, Emptying emptying, DrainStep drain) {
    var atWork = new TreeSet<String>();
    var releasing = new TreeSet<String>();
    for (var machine : view.machines()) {
      if (cluster.node(machine.node()).isPresent()) {
        atWork.add(machine.instanceId());
      }
    }
    for (var machine : facts.open(progress)) {
      boolean stuck =
          waits.refusal(progress, machine.node()).isPresent()
              || cluster
                  .node(machine.node())
                  .map(MachineFacts::member)
                  .map(facts::refusals)
                  .stream()
                  .flatMap(List::stream)
                  .anyMatch(each -> !MachineFacts.passesByItself(each));
      if (emptying.nodes().contains(machine.node()) && !stuck && drain.refusals().isEmpty()) {
        releasing.add(machine.instanceId());
      }
    }
    return new FleetAnswer(atWork, releasing, new FleetShares(facts).least());
  }
}
