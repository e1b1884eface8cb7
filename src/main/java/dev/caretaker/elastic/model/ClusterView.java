package dev.caretaker.elastic.model;

import dev.caretaker.kernel.Bytes;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A cluster as its master described it in one read.
 *
 * @param uuid of the cluster; {@code _na_} before it was formed
 * @param fromMaster whether the elected master answered; a local answer is no proof of anything
 * @param master the elected master, where there is one
 * @param voters the committed voting configuration; on ES 6 the master-eligible nodes present
 * @param copies all copies of each shard, unassigned ones included
 * @param sizes of the primary of each shard, where statistics could be read
 * @param explanations why copies stay, for the shards that were asked about
 */
public record ClusterView(
    String uuid,
    Engine engine,
    boolean fromMaster,
    Optional<NodeId> master,
    Set<NodeId> voters,
    List<NodeView> nodes,
    SortedMap<ShardId, List<ShardCopy>> copies,
    SortedMap<String, IndexView> indices,
    Map<ShardId, Bytes> sizes,
    ClusterSettings settings,
    int pendingTasks,
    Map<ShardId, Explanation> explanations) {

  /** The engine's colours, computed from the routing table, because its own health lags. */
  public enum Health {
    GREEN,
    YELLOW,
    RED
  }

  public ClusterView {
    voters = Set.copyOf(voters);
    nodes = List.copyOf(nodes);
    copies = Collections.unmodifiableSortedMap(copies);
    indices = Collections.unmodifiableSortedMap(indices);
    sizes = Map.copyOf(sizes);
    explanations = Map.copyOf(explanations);
  }

  /** Groups the copies of a flat routing table by shard. */
  public static SortedMap<ShardId, List<ShardCopy>> byShard(Collection<ShardCopy> flat) {
    var grouped = new TreeMap<ShardId, List<ShardCopy>>();
    flat.forEach(
        copy -> grouped.computeIfAbsent(copy.shard(), id -> new java.util.ArrayList<>()).add(copy));
    return grouped;
  }

  public Optional<NodeView> node(NodeName name) {
    for (var node : nodes) {
      if (node.name().equals(name)) {
        return Optional.of(node);
      }
    }
    return Optional.empty();
  }

  public Optional<NodeView> node(NodeId id) {
    for (var node : nodes) {
      if (node.id().equals(id)) {
        return Optional.of(node);
      }
    }
    return Optional.empty();
  }

  public Stream<ShardCopy> allCopies() {
    return copies.values().stream().flatMap(List::stream);
  }

  /** Copies on the node or on their way to it. */
  public Stream<ShardCopy> copiesTouching(NodeId id) {
    return allCopies().filter(copy -> copy.touches(id));
  }

  public List<ShardCopy> copiesOf(ShardId shard) {
    return copies.getOrDefault(shard, List.of());
  }

  /** The shards of one index, with their copies. */
  public SortedMap<ShardId, List<ShardCopy>> shardsOf(String index) {
    return copies.subMap(new ShardId(index, 0), new ShardId(index, Integer.MAX_VALUE));
  }

  public Bytes sizeOf(ShardId shard) {
    return sizes.getOrDefault(shard, Bytes.ZERO);
  }

  public Optional<Mark> mark() {
    return Mark.in(settings.persistent());
  }

  public Health health() {
    var health = Health.GREEN;
    for (var group : copies.values()) {
      for (var copy : group) {
        if (!copy.active()) {
          if (copy.primary()) {
            return Health.RED;
          }
          health = Health.YELLOW;
        }
      }
    }
    return health;
  }
}
