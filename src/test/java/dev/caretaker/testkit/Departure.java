package dev.caretaker.testkit;

import dev.caretaker.elastic.model.NodeId;
import dev.caretaker.elastic.model.ShardCopy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the engine makes of a shard's copies when a node leaves. */
final class Departure {
  private Departure() {}

  static List<ShardCopy> of(List<ShardCopy> group, NodeId left) {
    var after = new ArrayList<ShardCopy>();
    boolean primaryLeft = group.stream().anyMatch(copy -> copy.primary() && copy.isOn(left));
    boolean promoted = false;
    for (var copy : group) {
      if (copy.isOn(left)) {
        after.add(unassigned(copy, copy.primary()));
      } else if (primaryLeft && !promoted && copy.isSafeCopy()) {
        promoted = true;
        after.add(new ShardCopy(
            copy.shard(), true, copy.state(), copy.node(), copy.relocatingTo(), true,
            Optional.empty()));
      } else {
        after.add(copy);
      }
    }
    if (promoted) {
      after.replaceAll(
          copy -> copy.primary() && !copy.active() ? unassigned(copy, false) : copy);
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
}
