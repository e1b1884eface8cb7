package dev.caretaker.world;

import dev.caretaker.elastic.model.IndexView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An index with its own placement settings. */
final class WorldIndex {
  final String name;
  final List<Shard> shards = new ArrayList<>();
  final Map<String, String> filters = new TreeMap<>();
  final int declaredReplicas;
  int replicas;
  Optional<String> allocationEnable = Optional.empty();
  Optional<String> rebalanceEnable = Optional.empty();
  Optional<Integer> totalShardsPerNode = Optional.empty();

  /** {@code index.unassigned.node_left.delayed_timeout}, in ticks. */
  long delayedTimeout = 60;

  /** A write goes to each shard every so many ticks; 0 for an index that is only read. */
  int writeEvery;

  /** Bytes that each write adds to its shard. */
  long growsBy;

  /** Counted anew after each change of the routing table. */
  final Map<Machine, Integer> copiesOn = new HashMap<>();

  WorldIndex(String name, int replicas) {
    this.name = name;
    this.replicas = replicas;
    this.declaredReplicas = replicas;
  }

  int copiesOn(Machine machine) {
    return copiesOn.getOrDefault(machine, 0);
  }

  IndexView view() {
    return new IndexView(
        name,
        replicas,
        false,
        true,
        allocationEnable,
        rebalanceEnable,
        filters,
        totalShardsPerNode);
  }
}
