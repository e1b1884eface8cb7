package dev.caretaker.elastic.shelter;

import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.ShardCopy;
import dev.caretaker.elastic.model.ShardId;
import dev.caretaker.kernel.Reason;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a routing table that shows nothing on a node does not prove. */
public record Doubts(ClusterView cluster) {
  private static final int SHOWN = 5;

  /** Why an empty node could still hold what is needed; empty where it cannot. */
  public Optional<Reason> first() {
    var hidden = withoutShards();
    if (!hidden.isEmpty()) {
      return Optional.of(
          new Reason(
              "ClosedIndices",
              "Closed indices without a shard in the routing table cannot be proven to be gone;"
                  + " open or delete "
                  + shown(hidden)));
    }
    var red = withoutPrimary();
    return red.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Reason(
                "PrimariesAreMissing",
                red.size()
                    + " shards have no started primary, and their data may be on what is drained;"
                    + " bring its nodes back, or restore or delete "
                    + shown(red)));
  }

  /**
   * Whether every copy of every shard serves on a node of the cluster: nothing else is needed. Of a
   * cluster without a shard that proves nothing.
   */
  public boolean complete() {
    return first().isEmpty()
        && !cluster.copies().isEmpty()
        && cluster.allCopies().allMatch(ShardCopy::active);
  }

  /**
   * ES 6 neither lists nor moves the shards of closed indices, and what it closed stays hidden on
   * ES 7: their files are on some disk, and nothing is proven of them.
   */
  private List<String> withoutShards() {
    return cluster.indices().keySet().stream()
        .filter(index -> cluster.shardsOf(index).isEmpty())
        .toList();
  }

  /** A missing node may hold the only copies: then nothing is left of them in the routing table. */
  private List<ShardId> withoutPrimary() {
    return cluster.copies().entrySet().stream()
        .filter(each -> each.getValue().stream().noneMatch(copy -> copy.primary() && copy.active()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The first few, and how many there are besides. */
  public static String shown(List<?> subjects) {
    var first = subjects.stream().limit(SHOWN).map(Object::toString).toList();
    int more = subjects.size() - first.size();
    return String.join(", ", first) + (more > 0 ? " and " + more + " more" : "");
  }
}
