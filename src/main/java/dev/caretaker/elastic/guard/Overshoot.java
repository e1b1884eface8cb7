package dev.caretaker.elastic.guard;

import dev.caretaker.elastic.model.NodeId;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.NodeView;
import dev.caretaker.elastic.model.ShardCopy;
import dev.caretaker.elastic.model.ShardId;
import dev.caretaker.elastic.shelter.Watermarks;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * How far the engine fills a disk when a set does not return. It looks at each copy alone, by a
 * sample of the disk that is half a minute old, and ES 6 and 7 do not count replicas that are being
 * built: it stops too late by what it has begun.
 */
final class Overshoot {
  /** {@code node_concurrent_incoming_recoveries}. */
  private static final int RECOVERIES = 2;

  /** What two recoveries of 40 MB/s write between two samples of the disk. */
  private static final long BETWEEN_SAMPLES = (2L * 30 * 40) << 20;

  private final StopQuestion question;
  private final Watermarks watermarks;
  private final Map<ShardId, List<ShardCopy>> onSet = new HashMap<>();

  Overshoot(StopQuestion question, Watermarks watermarks) {
    this.question = question;
    this.watermarks = watermarks;
    var ids = question.ids();
    question
        .cluster()
        .copies()
        .forEach(
            (shard, group) -> {
              if (isOnSet(group, ids)) {
                onSet.put(shard, group);
              }
            });
  }

  private static boolean isOnSet(List<ShardCopy> group, Set<NodeId> ids) {
    for (var copy : group) {
      if (copy.isOnAny(ids)) {
        return true;
      }
    }
    return false;
  }

  /** Nodes that could reach the flood stage. */
  List<NodeName> flooded() {
    return question
        .others()
        .filter(NodeView::holdsData)
        .filter(node -> node.disk().filter(disk -> reaches(node, disk)).isPresent())
        .map(NodeView::name)
        .toList();
  }

  private boolean reaches(NodeView node, NodeView.Disk disk) {
    var sizes = mayCome(node);
    long below = watermarks.spareUnderLow(disk);
    if (sizes.isEmpty() || sizes.firstKey() > below) {
      return false;
    }
    long all = sizes.entrySet().stream().mapToLong(each -> each.getKey() * each.getValue()).sum();
    long begun = below + RECOVERIES * sizes.lastKey() + BETWEEN_SAMPLES;
    return Math.min(all, begun) > watermarks.spareUnderFlood(disk);
  }

  private static boolean touches(List<ShardCopy> group, NodeId node) {
    for (var copy : group) {
      if (copy.touches(node)) {
        return true;
      }
    }
    return false;
  }

  /** Sizes of the set's shards that have no copy on the node, and how many have each. */
  private NavigableMap<Long, Integer> mayCome(NodeView node) {
    var sizes = new TreeMap<Long, Integer>();
    onSet.forEach(
        (shard, group) -> {
          if (!touches(group, node.id())) {
            sizes.merge(question.cluster().sizeOf(shard).value(), 1, Integer::sum);
          }
        });
    return sizes;
  }
}
