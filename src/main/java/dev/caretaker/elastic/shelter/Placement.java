package dev.caretaker.elastic.shelter;

import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.IndexView;
import dev.caretaker.elastic.model.NodeId;
import dev.caretaker.elastic.model.NodeView;
import dev.caretaker.elastic.model.ShardCopy;
import dev.caretaker.elastic.model.ShardId;
import dev.caretaker.elastic.model.ZoneName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where the engine's deciders would let a copy go, computed from the view: same shard, filters,
 * awareness, shards per node, watermark. The engine's own dry run has the last word.
 */
public final class Placement {
  private static final String AWARENESS = "cluster.routing.allocation.awareness.";

  private final ClusterView view;
  private final String zoneAttribute;
  private final Map<NodeId, ZoneName> zones = new HashMap<>();
  private final Map<NodeId, Integer> copies = new HashMap<>();
  private final Set<NodeId> excluded = new HashSet<>();
  private final Set<ShardId> unassigned = new TreeSet<>();
  private final Map<String, Filters> ofIndices = new HashMap<>();
  private final Map<NodeId, Long> room = new HashMap<>();
  private final Map<NodeId, Long> arriving = new HashMap<>();
  private @Nullable FloodMargin margin;
  private final Watermarks watermarks;
  private final boolean aware;
  private final int awareZones;

  public Placement(ClusterView view, String zoneAttribute) {
    this.view = view;
    this.zoneAttribute = zoneAttribute;
    view.nodes().forEach(node -> node.zone().ifPresent(zone -> zones.put(node.id(), zone)));
    aware = Filters.words(setting(AWARENESS + "attributes")).contains(zoneAttribute);
    var values = new HashSet<String>();
    view.nodes().stream()
        .filter(NodeView::holdsData)
        .flatMap(node -> node.zone().stream())
        .forEach(zone -> values.add(zone.value()));
    values.addAll(Filters.words(setting(AWARENESS + "force." + zoneAttribute + ".values")));
    awareZones = Math.max(1, values.size());
    watermarks = Watermarks.in(view.settings());
    var ofCluster = new Filters(key -> setting("cluster.routing.allocation." + key), zoneAttribute);
    view.nodes().stream().filter(ofCluster::keepOff).forEach(node -> excluded.add(node.id()));
    view.nodes()
        .forEach(
            node ->
                node.disk()
                    .filter(disk -> watermarks.enabled())
                    .ifPresent(disk -> room.put(node.id(), watermarks.leftUnderLow(disk))));
    view.copies().forEach(this::count);
  }

  private void count(ShardId shard, List<ShardCopy> group) {
    for (var copy : group) {
      copy.node().ifPresent(node -> copies.merge(node, 1, Integer::sum));
      copy.relocatingTo().ifPresent(node -> copies.merge(node, 1, Integer::sum));
      copy.relocatingTo().ifPresent(target -> reserve(shard, target));
      if (copy.state() == ShardCopy.State.INITIALIZING) {
        copy.node().ifPresent(target -> reserve(shard, target));
      }
      if (copy.state() == ShardCopy.State.UNASSIGNED) {
        unassigned.add(shard);
      }
    }
  }

  /**
   * Counts a copy that is or will be sent to the node: it fills the disk later and is not seen
   * there yet, and the next one asks for more room.
   */
  public void reserve(ShardId shard, NodeId target) {
    arriving.merge(target, view.sizeOf(shard).value(), Long::sum);
  }

  private FloodMargin margin() {
    var known = margin;
    if (known == null) {
      known = new FloodMargin(view, watermarks, excluded);
      margin = known;
    }
    return known;
  }

  private long arriving(NodeId target) {
    return arriving.getOrDefault(target, 0L);
  }

  /** Copies on the node or on their way to it. */
  public int copiesOn(NodeId node) {
    return copies.getOrDefault(node, 0);
  }

  /**
   * Why Caretaker may not send a copy of the shard to the node.
   *
   * @param leaving where the copy comes from, for a move; empty for one copy more
   * @return the decider's name; empty where nothing speaks against it
   */
  public Optional<String> objection(ShardId shard, NodeView target, Optional<NodeId> leaving) {
    return one(shard).objectionToSending(target, leaving);
  }

  /** The same for a copy that Caretaker sends beside what the engine sends by itself. */
  public Optional<String> objectionToSending(ShardId shard, NodeView target, NodeId leaving) {
    return one(shard).objectionToSending(target, Optional.of(leaving));
  }

  /** The same for many nodes: what is known of the shard is looked up once. */
  OneShard one(ShardId shard) {
    var index = view.indices().get(shard.index());
    return new OneShard(view.copiesOf(shard), index, copiesOf(index), view.sizeOf(shard).value());
  }

  /** The shard as it would be if the replica count were one higher. */
  OneShard oneMore(ShardId shard) {
    var one = one(shard);
    return new OneShard(one.group, one.index, one.copies + 1, one.size);
  }

  /** A shard, and what speaks against a copy of it on a node. */
  final class OneShard {
    private final List<ShardCopy> group;
    private final @Nullable IndexView index;
    private final int copies;
    private final long size;

    private OneShard(List<ShardCopy> group, @Nullable IndexView index, int copies, long size) {
      this.group = group;
      this.index = index;
      this.copies = copies;
      this.size = size;
    }

    Optional<String> objection(NodeView target, Optional<NodeId> leaving) {
      if (!target.holdsData()) {
        return Optional.of("node_role");
      }
      for (var copy : group) {
        if (copy.touches(target.id())) {
          return Optional.of("same_shard");
        }
      }
      if (filtered(target, index)) {
        return Optional.of("filter");
      }
      if (aware && zoneIsFull(target, leaving)) {
        return Optional.of("awareness");
      }
      if (index != null && perNodeLimitReached(target, index)) {
        return Optional.of("shards_limit");
      }
      return room.getOrDefault(target.id(), Long.MAX_VALUE) - arriving(target.id()) >= size
          ? Optional.empty()
          : Optional.of("disk_threshold");
    }

    /** The same for a copy that Caretaker itself would send there beside what the engine sends. */
    Optional<String> objectionToSending(NodeView target, Optional<NodeId> leaving) {
      var objection = objection(target, leaving);
      boolean floods = objection.isEmpty() && !margin().holds(target, arriving(target.id()) + size);
      return floods ? Optional.of("flood_stage_margin") : objection;
    }

    private boolean zoneIsFull(NodeView target, Optional<NodeId> leaving) {
      var zone = zones.get(target.id());
      int most = (copies + awareZones - 1) / awareZones;
      int there = 0;
      for (var copy : group) {
        boolean stays = !leaving.equals(copy.node());
        there += stays && zone != null && zone.equals(zoneOf(copy)) ? 1 : 0;
      }
      return there + 1 > most;
    }
  }

  /**
   * Whether every node stays under the high watermark if these indices get one replica more,
   * wherever the engine puts what it may. It asks for each copy alone and starts several at once.
   */
  public boolean disksCouldTakeOneMoreOf(Set<String> indices) {
    return view.nodes().stream()
        .allMatch(
            node ->
                node.disk()
                    .filter(disk -> watermarks.spareUnderHigh(disk) < mayCome(indices, node))
                    .isEmpty());
  }

  private long mayCome(Set<String> indices, NodeView node) {
    var coming = new TreeSet<>(margin().adrift());
    indices.forEach(index -> coming.addAll(view.shardsOf(index).keySet()));
    return arriving(node.id())
        + coming.stream()
            .filter(shard -> oneMore(shard).objection(node, Optional.empty()).isEmpty())
            .mapToLong(shard -> view.sizeOf(shard).value())
            .sum();
  }

  /** Nodes that could take one copy more of the shard. */
  public List<NodeView> targets(ShardId shard) {
    var one = one(shard);
    return view.nodes().stream()
        .filter(node -> one.objection(node, Optional.empty()).isEmpty())
        .toList();
  }

  /** Whether an exclusion of the cluster, by our keys or others, keeps shards off the node. */
  public boolean excluded(NodeView node) {
    return excluded.contains(node.id());
  }

  private String setting(String key) {
    return view.settings().inForce(key).orElse("");
  }

  private boolean filtered(NodeView node, @Nullable IndexView index) {
    return excluded(node)
        || (index != null && !index.filters().isEmpty() && filters(index).keepOff(node));
  }

  private Filters filters(IndexView index) {
    return ofIndices.computeIfAbsent(
        index.name(),
        name -> new Filters(key -> index.filters().getOrDefault(key, ""), zoneAttribute));
  }

  private static int copiesOf(@Nullable IndexView index) {
    return 1 + (index == null ? 0 : index.replicas());
  }

  /** Where the copy is or will be; null for an unassigned one. */
  private @Nullable ZoneName zoneOf(ShardCopy copy) {
    return copy.relocatingTo().or(copy::node).map(zones::get).orElse(null);
  }

  private boolean perNodeLimitReached(NodeView target, IndexView index) {
    var limit = index.totalShardsPerNode().filter(most -> most > 0);
    if (limit.isEmpty()) {
      return false;
    }
    return view.shardsOf(index.name()).values().stream()
            .flatMap(List::stream)
            .filter(copy -> copy.touches(target.id()))
            .count()
        >= limit.get();
  }

  /** Shards that have an unassigned copy for which a node could be found now. */
  public Set<ShardId> placeable() {
    return unassigned.stream().filter(this::hasPlace).collect(Collectors.toSet());
  }

  private boolean hasPlace(ShardId shard) {
    var one = one(shard);
    for (var node : view.nodes()) {
      if (one.objection(node, Optional.empty()).isEmpty()) {
        return true;
      }
    }
    return false;
  }
}
