package dev.caretaker.elastic.interruption;

import dev.caretaker.elastic.action.EsAction;
import dev.caretaker.elastic.action.RefusedAction;
import dev.caretaker.elastic.guard.WithinWindow;
import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.EsView;
import dev.caretaker.elastic.model.HostProcess;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.SpotMachine;
import dev.caretaker.elastic.policy.EsPolicy;
import dev.caretaker.kernel.Reason;
import dev.caretaker.kernel.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * EC2 has said when it takes machines: they are emptied at once, what would be at risk without them
 * is moved first, and they are stopped cleanly just before. It adds to what others hold, waits for
 * no window, and yields to a person and to the brake.
 */
public final class Interruption {
  /** An engine that is stopped cleanly loses nothing of its translog. */
  private static final Duration STOPS_BEFORE = Duration.ofSeconds(20);

  /** While a last copy is on its way from there, which is worth more than a calm end. */
  private static final Duration AT_THE_LATEST = Duration.ofSeconds(5);

  /** EC2 is not to the second. */
  private static final Duration IS_LATE = Duration.ofSeconds(10);

  private final EsPolicy policy;
  private final List<SpotMachine> going;

  public Interruption(EsPolicy policy, EsView view) {
    this.policy = policy;
    this.going =
        view.machines().stream()
            .filter(machine -> machine.leavesAt().isPresent() && !policy.deleting())
            .sorted(Comparator.comparing(machine -> machine.leavesAt().orElseThrow()))
            .toList();
  }

  /** Whether notice stands for a machine, so that nothing else begins. */
  public boolean stands() {
    return !going.isEmpty();
  }

  /** The machines to be emptied; none where something else than a closed window speaks against. */
  public SortedSet<NodeName> nodes(List<Refusal> hindrances) {
    return hinders(hindrances)
        ? new TreeSet<>()
        : going.stream().map(SpotMachine::node).collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean hinders(List<Refusal> hindrances) {
    return hindrances.stream()
        .anyMatch(each -> !each.guard().equals(WithinWindow.class.getSimpleName()));
  }

  /** What is done about it, for people. */
  public Reason reason() {
    return new Reason(
        "Interrupted",
        going.stream()
            .map(each -> each.node() + " at " + each.leavesAt().orElseThrow())
            .collect(Collectors.joining(", ", "EC2 takes ", ": emptied and stopped before")));
  }

  /** The moves that fit into the time that is left, the greatest risk first. */
  public List<EsAction> moves(
      ClusterView cluster, List<Refusal> hindrances, List<RefusedAction> refused, Instant now) {
    if (going.isEmpty() || hinders(hindrances)) {
      return List.of();
    }
    return new Rescue(policy, cluster, going, refused).moves(now, STOPS_BEFORE);
  }

  /** Whether the node has been stopped for this, or is about to be, and must not be started. */
  public boolean isOver(NodeName node, Instant now) {
    return going.stream()
        .anyMatch(each -> each.node().equals(node) && isDue(each, STOPS_BEFORE, now));
  }

  /**
   * Stops what EC2 takes within seconds, whatever speaks against it: it dies anyway. What is still
   * there afterwards does not.
   */
  public List<EsAction> stops(EsView view, Instant now) {
    return going.stream()
        .filter(machine -> now.isBefore(machine.leavesAt().orElseThrow().plus(IS_LATE)))
        .filter(machine -> isDue(machine, stopsBefore(machine, view), now))
        .flatMap(machine -> stop(machine.node(), view).stream())
        .toList();
  }

  private Duration stopsBefore(SpotMachine machine, EsView view) {
    boolean saves =
        view.cluster()
            .ifKnown()
            .filter(seen -> new Rescue(policy, seen, going, List.of()).isSaving(machine.node()))
            .isPresent();
    return saves ? AT_THE_LATEST : STOPS_BEFORE;
  }

  private static Optional<EsAction> stop(NodeName node, EsView view) {
    return view.process(node)
        .ifKnown()
        .flatMap(HostProcess::incarnation)
        .map(is -> new EsAction.StopNode(node, is));
  }

  private static boolean isDue(SpotMachine machine, Duration before, Instant now) {
    return !now.isBefore(machine.leavesAt().orElseThrow().minus(before));
  }
}
