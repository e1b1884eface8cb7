package dev.caretaker.testkit;

import dev.caretaker.elastic.action.EsAction;
import dev.caretaker.elastic.model.NodeId;
import dev.caretaker.elastic.model.NodeView;
import dev.caretaker.elastic.model.ShardCopy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the engine makes of the copies of one shard. */
final class Copies {
  private Copies() {}

  /** A node leaves: another copy becomes the primary where the primary was on it. */
  static List<ShardCopy> without(List<ShardCopy> group, NodeId left) {
    var after = new ArrayList<ShardCopy>();
    boolean primaryLeft = group.stream().anyMatch(copy -> copy.primary() && copy.isOn(left));
    boolean promoted = false;
    for (var copy : group) {
      if (copy.isOn(left)) {
        after.add(unassigned(copy, copy.primary()));
      } else if (primaryLeft && !promoted && copy.isSafeCopy()) {
        promoted = true;
        after.add(
            new ShardCopy(
                copy.shard(),
                true,
                copy.state(),
                copy.node(),
                copy.relocatingTo(),
                true,
                Optional.empty()));
      } else {
        after.add(copy);
      }
    }
    if (promoted) {
      after.replaceAll(copy -> copy.primary() && !copy.active() ? unassigned(copy, false) : copy);
    }
    return after;
  }

  private static ShardCopy unassigned(ShardCopy copy, boolean primary) {
    return new ShardCopy(
        copy.shard(),
        primary,
        ShardCopy.State.UNASSIGNED,
        Optional.empty(),
        Optional.empty(),
        primary,
        Optional.of("NODE_LEFT"));
  }

  static List<ShardCopy> moved(List<ShardCopy> group, EsAction.MoveShard move) {
    return new ArrayList<>(
        group.stream()
            .map(copy -> copy.isOn(move.from()) ? started(copy, move.to()) : copy)
            .toList());
  }

  static List<ShardCopy> allocated(List<ShardCopy> group, EsAction.AllocateReplica allocate) {
    var after = new ArrayList<>(group);
    for (int i = 0; i < after.size(); i++) {
      if (after.get(i).state() == ShardCopy.State.UNASSIGNED) {
        after.set(i, started(after.get(i), allocate.to()));
        return after;
      }
    }
    return after;
  }

  static List<ShardCopy> recovered(List<ShardCopy> group, List<NodeView> members) {
    var after = new ArrayList<>(group);
    for (int i = 0; i < after.size(); i++) {
      if (after.get(i).state() == ShardCopy.State.UNASSIGNED) {
        var copy = after.get(i);
        int place = i;
        members.stream()
            .filter(node -> after.stream().noneMatch(other -> other.isOn(node.id())))
            .findFirst()
            .ifPresent(node -> after.set(place, started(copy, node.id())));
      }
    }
    return after;
  }

  static List<ShardCopy> counted(List<ShardCopy> group, EsAction.SetReplicas set) {
    var after = new ArrayList<>(group);
    if (set.to() > set.from()) {
      after.add(
          new ShardCopy(
              group.get(0).shard(),
              false,
              ShardCopy.State.UNASSIGNED,
              Optional.empty(),
              Optional.empty(),
              false,
              Optional.of("REPLICA_ADDED")));
    } else {
      after.remove(after.size() - 1);
    }
    return after;
  }

  private static ShardCopy started(ShardCopy copy, NodeId on) {
    return new ShardCopy(
        copy.shard(),
        copy.primary(),
        ShardCopy.State.STARTED,
        Optional.of(on),
        Optional.empty(),
        true,
        Optional.empty());
  }
}
