package dev.caretaker.sandbox.watch;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Watches the processes of the nodes: which were started anew, and which Caretaker has stopped. A
 * node counts as stopped from the moment the keeper was asked until a new process of it is a member
 * of the cluster again.
 */
public final class Downtime {

  private final Map<String, Long> lastPid = new HashMap<>();
  private final Map<String, Integer> starts = new TreeMap<>();
  private final Map<String, Integer> ownStarts = new TreeMap<>();
  private final Map<String, Long> stopped = new LinkedHashMap<>();
  private final Set<String> everStopped = new TreeSet<>();
  private final Set<String> goneSinceStop = new HashSet<>();
  private int mostStopped;

  /** The keeper was asked to stop a node. */
  public synchronized void stopAsked(String node) {
    stopped.put(node, lastPid.getOrDefault(node, 0L));
    everStopped.add(node);
    mostStopped = Math.max(mostStopped, stopped.size());
  }

  /** The scenario starts a node itself, which is no bounce of Caretaker's. */
  public synchronized void startedByScenario(String node) {
    ownStarts.merge(node, 1, Integer::sum);
  }

  /**
   * Takes in one look.
   *
   * @param pids of the running processes by node
   */
  synchronized void accept(Set<String> members, Map<String, Long> pids) {
    pids.forEach(
        (node, pid) -> {
          Long before = lastPid.put(node, pid);
          if (before != null && !before.equals(pid)) {
            starts.merge(node, 1, Integer::sum);
          }
        });
    stopped.forEach(
        (node, pid) -> {
          if (!pid.equals(pids.get(node)) && !members.contains(node)) {
            goneSinceStop.add(node);
          }
        });
    stopped
        .entrySet()
        .removeIf(
            entry -> {
              var pid = pids.get(entry.getKey());
              boolean anew = pid != null && !pid.equals(entry.getValue());
              boolean back = anew && members.contains(entry.getKey());
              if (back) {
                goneSinceStop.remove(entry.getKey());
              }
              return back;
            });
  }

  /** How many nodes have a process that is newer than the first look. */
  public synchronized int bounced() {
    return starts.size();
  }

  /** New processes by node, those that the scenario started included. */
  public synchronized Map<String, Integer> starts() {
    return Map.copyOf(starts);
  }

  /** How often Caretaker started a node. */
  public synchronized int startsByCaretaker(String node) {
    return starts.getOrDefault(node, 0) - ownStarts.getOrDefault(node, 0);
  }

  /** Nodes that Caretaker has stopped and that are not back. */
  public synchronized Set<String> stoppedNow() {
    return Set.copyOf(stopped.keySet());
  }

  /** Nodes that Caretaker has stopped and whose process and membership ended. */
  public synchronized Set<String> goneNow() {
    return Set.copyOf(goneSinceStop);
  }

  /** Nodes that Caretaker ever asked to stop. */
  public synchronized Set<String> everStopped() {
    return Set.copyOf(everStopped);
  }

  /** The most nodes that Caretaker had stopped at once. */
  public synchronized int mostStopped() {
    return mostStopped;
  }
}
