package dev.caretaker.elastic;

import java.util.List;
import java.util.SortedMap;

/**
 * What the status shows beside the conditions. Nothing in it changes while the cluster does not.
 *
 * @param engine such as {@code elasticsearch 8.19.21}; empty where unknown
 * @param health {@code green}, {@code yellow}, {@code red} or {@code unknown}
 * @param serving {@code True}, {@code False} or {@code Unknown}
 * @param nodes one line a node
 * @param shards counts by state: started, relocating, initializing, unassigned, unsheltered
 * @param holds in force or asked for, one word each
 * @param operation what is being done, such as {@code Rollout: Stopping spot1 (2 of 5)}
 * @param blockedBy names of the guards that refuse the next step
 * @param window of those declared: until when one is open, or when the next one opens
 * @param clusterUuid by which duplicates are found; empty where unknown
 */
public record EsSummary(
    String engine,
    String health,
    String serving,
    List<NodeLine> nodes,
    SortedMap<String, Integer> shards,
    List<String> holds,
    String operation,
    List<String> blockedBy,
    String window,
    String clusterUuid) {

  /**
   * A node, for the status.
   *
   * @param state {@code InCluster}, {@code Missing}, {@code Stopped}, {@code Died}, {@code Silent}
   */
  public record NodeLine(String name, String zone, String state, int copies, String startedAt) {}

  public EsSummary {
    nodes = List.copyOf(nodes);
    shards = java.util.Collections.unmodifiableSortedMap(new java.util.TreeMap<>(shards));
    holds = List.copyOf(holds);
    blockedBy = List.copyOf(blockedBy);
  }
}
