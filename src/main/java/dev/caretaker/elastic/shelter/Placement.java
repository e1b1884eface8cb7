package dev.caretaker.elastic.shelter;

import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.IndexView;
import dev.caretaker.elastic.model.NodeId;
import dev.caretaker.elastic.model.NodeView;
import dev.caretaker.elastic.model.Routing;
import dev.caretaker.elastic.model.ShardCopy;
import dev.caretaker.elastic.model.ShardId;
import dev.caretaker.elastic.model.ZoneName;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
  private final Map<NodeId, Long> room = new HashMap<>();
  private final Map<NodeId, Long> arriving = new HashMap<>();
  private final Watermarks watermarks;
  private final boolean aware;
  private final int awareZones;

  public Placement(ClusterView view, String zoneAttribute) {
    this.view = view;
    this.zoneAttribute = zoneAttribute;
    view.nodes().forEach(node -> node.zone().ifPresent(zone -> zones.put(node.id(), zone)));
    aware = words(setting(AWARENESS + "attributes")).anyMatch(zoneAttribute::equals);
    var values = new HashSet<String>();
    view.nodes().stream()
        .filter(NodeView::holdsData)
        .flatMap(node -> node.zone().stream())
        .forEach(zone -> values.add(zone.value()));
    words(setting(AWARENESS + "force." + zoneAttribute + ".values")).forEach(values::add);
    awareZones = Math.max(1, values.size());
    watermarks = Watermarks.in(view.settings());
    view.nodes().stream().filter(this::clusterFiltered).forEach(node -> excluded.add(node.id()));
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
  void reserve(ShardId shard, NodeId target) {
    arriving.merge(target, view.sizeOf(shard).value(), Long::sum);
  }

  private long arriving(NodeId target) {
    return arriving.getOrDefault(target, 0L);
  }

  /** Copies on the node or on their way to it. */
  public int copiesOn(NodeId node) {
    return copies.getOrDefault(node, 0);
  }

  /**
   * Why a copy of the shard may not go to the node.
   *
   * @param leaving where the copy comes from, for a move; empty for one copy more
   * @return the decider's name; empty where nothing speaks against it
   */
  public Optional<String> objection(ShardId shard, NodeView target, Optional<NodeId> leaving) {
    return one(shard).objection(target, leaving);
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

    private boolean zoneIsFull(NodeView target, Optional<NodeId> leaving) {
      var zone = zones.get(target.id());
      int most = (copies + awareZones - 1) / awareZones;
      long there =
          group.stream()
              .filter(copy -> !leaving.equals(copy.node()))
              .map(Placement::whereabouts)
              .flatMap(Optional::stream)
              .filter(id -> zone != null && zone.equals(zones.get(id)))
              .count();
      return there + 1 > most;
    }
  }

  /**
   * Whether every node stays under the high watermark if these indices get one replica more,
   * wherever the engine puts what it may. It asks for each copy alone and starts several at once.
   */
  boolean disksCouldTakeOneMoreOf(Set<String> indices) {
    return view.nodes().stream()
        .allMatch(
            node ->
                node.disk()
                    .filter(disk -> watermarks.spareUnderHigh(disk) < mayCome(indices, node))
                    .isEmpty());
  }

  private long mayCome(Set<String> indices, NodeView node) {
    var coming = new TreeSet<>(unassigned);
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

  private static Stream<String> words(String list) {
    return Arrays.stream(list.replaceAll("[\\[\\]\"]", "").split(","))
        .map(String::strip)
        .filter(word -> !word.isEmpty());
  }

  private boolean filtered(NodeView node, @Nullable IndexView index) {
    return excluded(node)
        || (index != null && !index.filters().isEmpty() && indexFiltered(node, index));
  }

  private boolean clusterFiltered(NodeView node) {
    for (var attribute : List.of("_id", "_name", zoneAttribute)) {
      var own = value(node, attribute);
      if (matches(setting(Routing.EXCLUDE + attribute), own)) {
        return true;
      }
      for (var kind : List.of("include.", "require.")) {
        var wanted = setting("cluster.routing.allocation." + kind + attribute);
        if (!wanted.isEmpty() && !matches(wanted, own)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean indexFiltered(NodeView node, IndexView index) {
    for (var attribute : List.of("_id", "_name", zoneAttribute)) {
      var own = value(node, attribute);
      if (matches(index.filters().getOrDefault("exclude." + attribute, ""), own)) {
        return true;
      }
      for (var kind : List.of("include.", "require.")) {
        var wanted = index.filters().getOrDefault(kind + attribute, "");
        if (!wanted.isEmpty() && !matches(wanted, own)) {
          return true;
        }
      }
    }
    return false;
  }

  private String value(NodeView node, String attribute) {
    return switch (attribute) {
      case "_id" -> node.id().value();
      case "_name" -> node.name().value();
      default -> node.zone().map(ZoneName::value).orElse("");
    };
  }

  private static boolean matches(String list, String own) {
    return words(list)
        .anyMatch(word -> word.equals(own) || (word.contains("*") && own.matches(wildcard(word))));
  }

  private static String wildcard(String word) {
    var parts = word.split("\\*", -1);
    return String.join(".*", Arrays.stream(parts).map(java.util.regex.Pattern::quote).toList());
  }

  private static int copiesOf(@Nullable IndexView index) {
    return 1 + (index == null ? 0 : index.replicas());
  }

  private static Optional<NodeId> whereabouts(ShardCopy copy) {
    return copy.relocatingTo().isPresent() ? copy.relocatingTo() : copy.node();
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
    return view.nodes().stream().anyMatch(node -> one.objection(node, Optional.empty()).isEmpty());
  }
}
