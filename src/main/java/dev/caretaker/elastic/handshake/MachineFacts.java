package dev.caretaker.elastic.handshake;

import dev.caretaker.elastic.guard.Guards;
import dev.caretaker.elastic.guard.NoNoticeStands;
import dev.caretaker.elastic.guard.NodeIsEmpty;
import dev.caretaker.elastic.guard.Scope;
import dev.caretaker.elastic.guard.StopQuestion;
import dev.caretaker.elastic.guard.VotersRemain;
import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.EsView;
import dev.caretaker.elastic.model.HostProcess;
import dev.caretaker.elastic.model.Mark;
import dev.caretaker.elastic.model.NodeId;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.NodeView;
import dev.caretaker.elastic.model.SpotMachine;
import dev.caretaker.elastic.policy.EsPolicy;
import dev.caretaker.elastic.shelter.Doubts;
import dev.caretaker.kernel.Reason;
import dev.caretaker.kernel.Refusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is known of the machines that fleets ask for, and what speaks against their leaving. */
final class MachineFacts {
  final EsPolicy policy;
  final EsView view;
  final ClusterView cluster;
  final Instant now;
  private final Guards guards;
  private final Optional<Reason> doubt;
  private final boolean complete;

  MachineFacts(EsPolicy policy, EsView view, ClusterView cluster, Guards guards, Instant now) {
    this.policy = policy;
    this.view = view;
    this.cluster = cluster;
    this.guards = guards;
    this.now = now;
    var doubts = new Doubts(cluster);
    this.doubt = view.machines().isEmpty() ? Optional.empty() : doubts.first();
    this.complete = !view.machines().isEmpty() && doubts.complete();
  }

  /** Why what a stopped machine has on its disk may be needed though it was empty. */
  Optional<Reason> doubt() {
    return doubt;
  }

  /** What fleets ask for and was not answered; a resource that goes away answers nobody. */
  List<SpotMachine> open(HandshakeProgress progress) {
    if (policy.deleting()) {
      return List.of();
    }
    return view.machines().stream()
        .filter(each -> each.releaseRequest().isPresent())
        .filter(each -> !progress.isReleased(each.node()))
        .sorted(Comparator.comparing(SpotMachine::instanceId))
        .toList();
  }

  /** The nodes of the machines that were released and are still listed. */
  List<NodeName> released(HandshakeProgress progress) {
    return policy.deleting()
        ? List.of()
        : view.machines().stream().map(SpotMachine::node).filter(progress::isReleased).toList();
  }

  /** All that it could hold is elsewhere, and its vote, if it has one, is not missed. */
  boolean isNotNeeded(NodeName node) {
    return complete && votes(node).isEmpty();
  }

  /** What speaks against giving up the vote that an absent node may have. */
  List<Refusal> votes(NodeName node) {
    var absent = new Mark.Member(node, new NodeId("-"), "-");
    return guards.ask(question(absent), Scope.LEAVING).stream()
        .filter(each -> each.guard().equals(VotersRemain.class.getSimpleName()))
        .toList();
  }

  /** What is over by itself is no reason to call anybody. */
  static boolean passesByItself(Refusal refusal) {
    return NodeIsEmpty.passesByItself(refusal) || NoNoticeStands.passesByItself(refusal);
  }

  static Mark.Member member(NodeView node) {
    return new Mark.Member(node.name(), node.id(), node.ephemeralId());
  }

  /** What speaks against stopping it for good, now; its zone may be poorer than when it began. */
  List<Refusal> refusals(Mark.Member member) {
    var against = new ArrayList<>(guards.ask(question(member), Scope.ACTING, Scope.LEAVING));
    cluster
        .node(member.name())
        .flatMap(node -> needs().against(node, Set.of()))
        .ifPresent(against::add);
    return against;
  }

  /** How many nodes each zone must keep. */
  ZoneNeeds needs() {
    return new ZoneNeeds(policy, view, cluster, now);
  }

  /** What would speak against it if it were empty. */
  List<Refusal> refusalsOnceEmpty(NodeView node) {
    return guards.ask(question(member(node)), Scope.LEAVING).stream()
        .filter(each -> !each.guard().equals(NodeIsEmpty.class.getSimpleName()))
        .toList();
  }

  private StopQuestion question(Mark.Member member) {
    return new StopQuestion(policy, view, cluster, List.of(member), now);
  }

  /** The cluster does not list it, and its machine says that no process runs. */
  boolean isGone(NodeName node) {
    return cluster.node(node).isEmpty()
        && process(node).filter(process -> !process.running()).isPresent();
  }

  boolean runs(NodeName node) {
    return process(node).filter(HostProcess::running).isPresent();
  }

  Optional<HostProcess> process(NodeName node) {
    return view.process(node).ifKnown();
  }
}
