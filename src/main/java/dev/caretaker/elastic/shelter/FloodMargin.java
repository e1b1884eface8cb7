package dev.caretaker.elastic.shelter;

import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.NodeId;
import dev.caretaker.elastic.model.NodeView;
import dev.caretaker.elastic.model.ShardCopy;
import dev.caretaker.elastic.model.ShardId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether a copy that Caretaker sends to a node leaves room below the flood stage for what the
 * engine may send there by itself. The engine goes by a sample of the disk that is up to half a
 * minute old: it does not show what has arrived since, so that the engine fills the room below its
 * low watermark a second time.
 */
final class FloodMargin {
  private final ClusterView view;
  private final Watermarks watermarks;
  private final List<ShardId> adrift = new ArrayList<>();

  FloodMargin(ClusterView view, Watermarks watermarks, Set<NodeId> excluded) {
    this.view = view;
    this.watermarks = watermarks;
    var leaving = new HashSet<>(excluded);
    view.nodes().stream().filter(this::isAboveHigh).forEach(node -> leaving.add(node.id()));
    view.copies()
        .forEach(
            (shard, group) -> {
              if (mayTravel(group, leaving)) {
                adrift.add(shard);
              }
            });
  }

  private boolean isAboveHigh(NodeView node) {
    return node.disk().filter(watermarks::isAboveHigh).isPresent();
  }

  private static boolean mayTravel(List<ShardCopy> group, Set<NodeId> leaving) {
    for (var copy : group) {
      if (copy.state() == ShardCopy.State.UNASSIGNED || copy.isOnAny(leaving)) {
        return true;
      }
    }
    return false;
  }

  /** Shards of which the engine may send a copy somewhere by itself. */
  List<ShardId> adrift() {
    return adrift;
  }

  /** Whether so many bytes may be on their way there. */
  boolean holds(NodeView target, long arriving) {
    return !watermarks.enabled()
        || target
            .disk()
            .filter(disk -> arriving + mayCome(target, disk) > watermarks.spareUnderFlood(disk))
            .isEmpty();
  }

  private long mayCome(NodeView target, NodeView.Disk disk) {
    long most = watermarks.spareUnderLow(disk);
    long bytes = 0;
    for (var shard : adrift) {
      if (bytes >= most) {
        return most;
      }
      if (view.copiesOf(shard).stream().noneMatch(copy -> copy.touches(target.id()))) {
        bytes += view.sizeOf(shard).value();
      }
    }
    return Math.min(bytes, most);
  }
}
