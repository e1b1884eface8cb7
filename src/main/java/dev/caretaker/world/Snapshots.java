package dev.caretaker.world;

import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.Engine;
import dev.caretaker.elastic.model.Explanation;
import dev.caretaker.elastic.model.IndexView;
import dev.caretaker.elastic.model.NodeView;
import dev.caretaker.elastic.model.ShardCopy;
import dev.caretaker.elastic.model.ShardId;
import dev.caretaker.kernel.Bytes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The world as its master describes it, made anew only where something changed. */
final class Snapshots {
  private final World world;
  private final Engine engine;
  private @Nullable ClusterView last;
  private long lastVersion = -1;
  private Set<ShardId> lastExplained = Set.of();

  Snapshots(World world, Engine engine) {
    this.world = world;
    this.engine = engine;
  }

  ClusterView take(Set<ShardId> explain) {
    if (last == null || lastVersion != world.version || !lastExplained.equals(explain)) {
      last = view(explain);
      lastVersion = world.version;
      lastExplained = explain;
    }
    return last;
  }

  private ClusterView view(Set<ShardId> explain) {
    boolean led = world.membership.hasMaster();
    var master = world.membership.master();
    return new ClusterView(
        world.uuid,
        engine,
        led,
        led ? Optional.ofNullable(master).map(each -> each.id) : Optional.empty(),
        world.membership.voters(),
        nodes(),
        copies(),
        indices(),
        sizes(),
        world.settings.view(),
        0,
        led ? explanations(explain) : Map.of());
  }

  private List<NodeView> nodes() {
    var nodes = new ArrayList<NodeView>();
    for (var machine : world.machines) {
      if (machine.member) {
        nodes.add(node(machine));
      }
    }
    return nodes;
  }

  private NodeView node(Machine machine) {
    boolean answers = machine.up(world.now);
    world.count();
    long free = Math.max(0, machine.diskTotal - machine.used() + machine.coming);
    var disk = new NodeView.Disk(new Bytes(machine.diskTotal), new Bytes(free));
    return new NodeView(
        machine.id,
        machine.name,
        machine.knownAs,
        Optional.of(machine.zone),
        machine.roles,
        answers ? Optional.of(World.at(machine.startedAt + machine.clockSkew)) : Optional.empty(),
        answers ? Optional.of(disk) : Optional.empty(),
        machine.minimumMasterNodes > 0
            ? Optional.of(machine.minimumMasterNodes)
            : Optional.empty());
  }

  private SortedMap<ShardId, List<ShardCopy>> copies() {
    var copies = new TreeMap<ShardId, List<ShardCopy>>();
    for (var shard : world.shards) {
      var views = new ArrayList<ShardCopy>(shard.copies.size());
      for (var copy : shard.copies) {
        views.add(copy.view());
      }
      copies.put(shard.id, views);
    }
    return copies;
  }

  private SortedMap<String, IndexView> indices() {
    var indices = new TreeMap<String, IndexView>();
    world.indices.values().forEach(index -> indices.put(index.name, index.view()));
    return indices;
  }

  private Map<ShardId, Bytes> sizes() {
    var sizes = new HashMap<ShardId, Bytes>();
    world.shards.forEach(shard -> sizes.put(shard.id, new Bytes(shard.bytes)));
    return sizes;
  }

  private Map<ShardId, Explanation> explanations(Set<ShardId> explain) {
    var explanations = new HashMap<ShardId, Explanation>();
    for (var shard : world.shards) {
      if (explain.contains(shard.id)) {
        world.deciders.explain(shard).ifPresent(why -> explanations.put(shard.id, why));
      }
    }
    return explanations;
  }
}
