package dev.caretaker.elastic.model;

import dev.caretaker.kernel.Observed;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Everything one pass read about a cluster and its machines.
 *
 * @param readAt when the read began
 * @param serving whether the probe query was answered; it decides between stalled and dead
 * @param processes the process of each node that the spec lists a host for
 * @param otherOwners older resources that name the same cluster UUID, as namespace/name
 * @param machines of the fleets that belong to the cluster, as their fleets list them
 */
public record EsView(
    Instant readAt,
    Observed<ClusterView> cluster,
    Observed<Boolean> serving,
    SortedMap<NodeName, Observed<HostProcess>> processes,
    List<String> otherOwners,
    List<SpotMachine> machines) {
  /** A machine that boots, installs and joins takes minutes; after that it is missing. */
  private static final Duration JOINS_WITHIN = Duration.ofMinutes(15);

  /** After its time; until then EC2 may still be describing a machine that it has taken. */
  private static final Duration NOTICE_LASTS = Duration.ofMinutes(5);

  public EsView {
    processes = Collections.unmodifiableSortedMap(new TreeMap<>(processes));
    otherOwners = List.copyOf(otherOwners);
    machines = List.copyOf(machines);
  }

  /** A view of a cluster without fleets. */
  public EsView(
      Instant readAt,
      Observed<ClusterView> cluster,
      Observed<Boolean> serving,
      SortedMap<NodeName, Observed<HostProcess>> processes,
      List<String> otherOwners) {
    this(readAt, cluster, serving, processes, otherOwners, List.of());
  }

  /** The fleet's machine that the node runs on; empty where it is none. */
  public Optional<SpotMachine> machine(NodeName node) {
    return machines.stream().filter(each -> each.node().equals(node)).findFirst();
  }

  /** Whether a fleet asks for the machine of this node. */
  public boolean isAskedFor(NodeName node) {
    return machine(node).flatMap(SpotMachine::releaseRequest).isPresent();
  }

  /** Whether the machine of this node is asked for or about to be taken. */
  public boolean isGoing(NodeName node) {
    return isAskedFor(node) || machine(node).flatMap(SpotMachine::leavesAt).isPresent();
  }

  /**
   * Whether a node that is not in the cluster may be on its way there for the first time: a fleet's
   * machine that is new and whose process is not known to have ended.
   */
  public boolean mayBeJoining(NodeName node) {
    boolean ended = process(node).ifKnown().filter(process -> !process.running()).isPresent();
    boolean isNew =
        machine(node)
            .flatMap(SpotMachine::launchedAt)
            .filter(at -> at.plus(JOINS_WITHIN).isAfter(readAt))
            .isPresent();
    return isNew && !ended;
  }

  /**
   * Whether a node that is not in the cluster went as was announced: EC2 said so, or a fleet asked
   * for it and its process was stopped. What died while it was asked for is not spared.
   */
  public boolean wentAsAnnounced(NodeName node) {
    return machine(node).flatMap(SpotMachine::leavesAt).isPresent()
        || (isAskedFor(node) && cleanlyStopped().contains(node));
  }

  /** The same without notices that were not kept: EC2 took the machine long ago, or never will. */
  public EsView withoutOldNotices() {
    var standing =
        machines.stream()
            .map(
                each -> each.leavesAt().filter(this::isOld).isPresent() ? each.unannounced() : each)
            .toList();
    return new EsView(readAt, cluster, serving, processes, otherOwners, standing);
  }

  private boolean isOld(Instant leavesAt) {
    return leavesAt.plus(NOTICE_LASTS).isBefore(readAt);
  }

  /** The same without the processes of these nodes: nothing may be asked of them any more. */
  public EsView without(Predicate<NodeName> nodes) {
    var others = new TreeMap<>(processes);
    others.keySet().removeIf(nodes);
    return new EsView(readAt, cluster, serving, others, otherOwners, machines);
  }

  /** The node's process; Unknown also where the spec lists no host for it. */
  public Observed<HostProcess> process(NodeName name) {
    return processes.getOrDefault(name, Observed.unknown("the spec lists no host for " + name));
  }

  /** Nodes whose host answered that their process is cleanly stopped. */
  public List<NodeName> cleanlyStopped() {
    return processes.entrySet().stream()
        .filter(each -> is(each, HostProcess.State.STOPPED))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static boolean is(
      Map.Entry<NodeName, Observed<HostProcess>> each, HostProcess.State state) {
    return each.getValue().ifKnown().filter(process -> process.state() == state).isPresent();
  }
}
