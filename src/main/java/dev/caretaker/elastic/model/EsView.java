package dev.caretaker.elastic.model;

import dev.caretaker.kernel.Observed;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything one pass read about a cluster and its machines.
 *
 * @param readAt when the read began
 * @param serving whether the probe query was answered; it decides between stalled and dead
 * @param processes the process of each node that the spec lists a host for
 * @param otherOwners older resources that name the same cluster UUID, as namespace/name
 */
public record EsView(
    Instant readAt,
    Observed<ClusterView> cluster,
    Observed<Boolean> serving,
    SortedMap<NodeName, Observed<HostProcess>> processes,
    java.util.List<String> otherOwners) {
  public EsView {
    processes = Collections.unmodifiableSortedMap(new TreeMap<>(processes));
    otherOwners = java.util.List.copyOf(otherOwners);
  }

  /** The node's process; Unknown also where the spec lists no host for it. */
  public Observed<HostProcess> process(NodeName name) {
    return processes.getOrDefault(name, Observed.unknown("the spec lists no host for " + name));
  }

  /** Nodes whose host answered that their process is cleanly stopped. */
  public java.util.List<NodeName> cleanlyStopped() {
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
