package dev.caretaker.elastic.shelter;

import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.IndexView;
import dev.caretaker.elastic.model.NodeId;
import dev.caretaker.elastic.model.NodeView;
import dev.caretaker.elastic.model.Routing;
import dev.caretaker.elastic.model.ShardCopy;
import dev.caretaker.elastic.model.ShardId;
import dev.caretaker.elastic.model.ZoneName;
import dev.caretaker.kernel.Bytes;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
  private final Map<NodeId, Long> arriving = new HashMap<>();
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
    view.allCopies().forEach(this::count);
  }

  /** What is on its way fills the disk later, and is not seen there yet. */
  private void count(ShardCopy copy) {
    copy.relocatingTo().ifPresent(target -> reserve(copy.shard(), target));
    if (copy.state() == ShardCopy.State.INITIALIZING) {
      copy.node().ifPresent(target -> reserve(copy.shard(), target));
    }
  }

  /** Counts a copy that will be sent to the node, so that the next one asks for more room. */
  void reserve(ShardId shard, NodeId target) {
    arriving.merge(target, view.sizeOf(shard).value(), Long::sum);
  }

  /**
   * Why a copy of the shard may not go to the node.
   *
   * @param leaving where the copy comes from, for a move; empty for one copy more
   * @return the decider's name; empty where nothing speaks against it
   */
  public Optional<String> objection(ShardId shard, NodeView target, Optional<NodeId> leaving) {
    return objection(shard, target, leaving, copiesOf(view.indices().get(shard.index())));
  }

  private Optional<String> objection(
      ShardId shard, NodeView target, Optional<NodeId> leaving, int copies) {
    var index = view.indices().get(shard.index());
    if (!target.holdsData()) {
      return Optional.of("node_role");
    }
    if (view.copiesOf(shard).stream().anyMatch(copy -> copy.touches(target.id()))) {
      return Optional.of("same_shard");
    }
    if (filtered(target, index)) {
      return Optional.of("filter");
    }
    if (aware && zoneIsFull(shard, target, leaving, copies)) {
      return Optional.of("awareness");
    }
    if (index != null && perNodeLimitReached(target, index)) {
      return Optional.of("shards_limit");
    }
    var more = new Bytes(arriving.getOrDefault(target.id(), 0L)).plus(view.sizeOf(shard));
    return Watermarks.in(view.settings()).roomFor(more, target)
        ? Optional.empty()
        : Optional.of("disk_threshold");
  }

  /** Why the node could not take a copy if the replica count were one higher. */
  Optional<String> objectionToOneMore(ShardId shard, NodeView target) {
    int oneMore = 1 + copiesOf(view.indices().get(shard.index()));
    return objection(shard, target, Optional.empty(), oneMore);
  }

  /**
   * Whether every node stays under the high watermark if these indices get one replica more,
   * wherever the engine puts what it may. It asks for each copy alone and starts several at once.
   */
  boolean disksCouldTakeOneMoreOf(Set<String> indices) {
    var watermarks = Watermarks.in(view.settings());
    return view.nodes().stream()
        .allMatch(
            node ->
                node.disk()
                    .filter(disk -> watermarks.spareUnderHigh(disk) < mayCome(indices, node))
                    .isEmpty());
  }

  private long mayCome(Set<String> indices, NodeView node) {
    long underWay = arriving.getOrDefault(node.id(), 0L);
    return underWay
        + view.copies().entrySet().stream()
            .filter(
                each ->
                    indices.contains(each.getKey().index())
                        || each.getValue().stream()
                            .anyMatch(copy -> copy.state() == ShardCopy.State.UNASSIGNED))
            .map(Map.Entry::getKey)
            .filter(shard -> objectionToOneMore(shard, node).isEmpty())
            .mapToLong(shard -> view.sizeOf(shard).value())
            .sum();
  }

  /** Nodes that could take one copy more of the shard. */
  public List<NodeView> targets(ShardId shard) {
    return view.nodes().stream()
        .filter(node -> objection(shard, node, Optional.empty()).isEmpty())
        .toList();
  }

  /** Whether an exclusion of the cluster, by our keys or others, keeps shards off the node. */
  public boolean excluded(NodeView node) {
    return clusterFiltered(node);
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
    return clusterFiltered(node) || (index != null && indexFiltered(node, index));
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

  private boolean zoneIsFull(ShardId shard, NodeView target, Optional<NodeId> leaving, int copies) {
    var zone = zones.get(target.id());
    int most = (copies + awareZones - 1) / awareZones;
    long there =
        view.copiesOf(shard).stream()
            .filter(copy -> !leaving.equals(copy.node()))
            .map(Placement::whereabouts)
            .flatMap(Optional::stream)
            .filter(id -> zone != null && zone.equals(zones.get(id)))
            .count();
    return there + 1 > most;
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
    return view.copiesTouching(target.id())
            .filter(copy -> copy.shard().index().equals(index.name()))
            .count()
        >= limit.get();
  }

  /** Shards that have an unassigned copy for which a node could be found now. */
  public Set<ShardId> placeable() {
    var placeable = new HashSet<ShardId>();
    view.copies()
        .forEach(
            (shard, group) -> {
              if (group.stream().anyMatch(copy -> copy.state() == ShardCopy.State.UNASSIGNED)
                  && !targets(shard).isEmpty()) {
                placeable.add(shard);
              }
            });
    return placeable;
  }
}
