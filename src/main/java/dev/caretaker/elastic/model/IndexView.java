package dev.caretaker.elastic.model;

import java.util.Map;
import java.util.Optional;

/**
 * What an index says about the placement of its shards.
 *
 * @param replicas {@code index.number_of_replicas}
 * @param autoExpands whether {@code auto_expand_replicas} owns the replica count
 * @param open a closed index that ES 6 closed has no routing entry and is not moved, on ES 7 too
 * @param allocationEnable the index's own {@code routing.allocation.enable}, which outranks the
 *     cluster's
 * @param rebalanceEnable the index's own {@code routing.rebalance.enable}
 * @param filters {@code require|include|exclude.ATTRIBUTE} to the comma-separated values
 * @param totalShardsPerNode {@code routing.allocation.total_shards_per_node}, where limited
 */
public record IndexView(
    String name,
    int replicas,
    boolean autoExpands,
    boolean open,
    Optional<String> allocationEnable,
    Optional<String> rebalanceEnable,
    Map<String, String> filters,
    Optional<Integer> totalShardsPerNode) {
  public IndexView {
    filters = Map.copyOf(filters);
  }
}
