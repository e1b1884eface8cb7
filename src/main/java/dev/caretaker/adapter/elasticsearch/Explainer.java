package dev.caretaker.adapter.elasticsearch;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.caretaker.elastic.model.ClusterSettings;
import dev.caretaker.elastic.model.Explanation;
import dev.caretaker.elastic.model.NodeId;
import dev.caretaker.elastic.model.NodeView;
import dev.caretaker.elastic.model.Routing;
import dev.caretaker.elastic.model.ShardCopy;
import dev.caretaker.elastic.model.ShardId;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Asks the engine why copies stay on excluded nodes, or why they are nowhere. */
final class Explainer {
  /** Each is a call of its own, and a person reads no more of them at once. */
  private static final int MOST_SHARDS = 20;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final String zoneAttribute;
  private final Duration within;

  Explainer(String zoneAttribute, Duration within) {
    this.zoneAttribute = zoneAttribute;
    this.within = within;
  }

  Map<ShardId, Explanation> explain(
      Endpoint endpoint,
      Set<ShardId> shards,
      MasterState state,
      List<NodeView> nodes,
      ClusterSettings settings) {
    if (shards.isEmpty()) {
      return Map.of();
    }
    var excluded = excluded(nodes, settings);
    var explanations = new HashMap<ShardId, Explanation>();
    for (var shard : new TreeSet<>(shards).stream().limit(MOST_SHARDS).toList()) {
      var copy = stuck(state.copies().getOrDefault(shard, List.of()), excluded);
      if (copy.isPresent() && !explain(endpoint, copy.get(), explanations)) {
        break;
      }
    }
    return explanations;
  }

  /** The copy that waits: one without a node first, else one on a node that it should leave. */
  private static Optional<ShardCopy> stuck(List<ShardCopy> copies, Set<NodeId> excluded) {
    return copies.stream()
        .filter(copy -> copy.state() == ShardCopy.State.UNASSIGNED)
        .findFirst()
        .or(
            () ->
                copies.stream()
                    .filter(copy -> copy.state() == ShardCopy.State.STARTED)
                    .filter(copy -> copy.node().filter(excluded::contains).isPresent())
                    .findFirst());
  }

  /** False where it makes no sense to ask on. */
  private boolean explain(
      Endpoint endpoint, ShardCopy copy, Map<ShardId, Explanation> explanations) {
    var question =
        JsonNodeFactory.instance
            .objectNode()
            .put("index", copy.shard().index())
            .put("shard", copy.shard().number())
            .put("primary", copy.primary());
    copy.node().ifPresent(node -> question.put("current_node", node.value()));
    var call = Call.post("/_cluster/allocation/explain", question.toString(), within);
    try {
      endpoint
          .ask(call, body -> Deciders.loudest(JSON.readTree(body)))
          .ifPresent(explanation -> explanations.put(copy.shard(), explanation));
      return true;
    } catch (CallFailed failed) {
      // 400: the copy has moved since the state was read. Anything else would only cost time.
      return failed.kind() == CallFailed.Kind.REFUSED;
    }
  }

  private Set<NodeId> excluded(List<NodeView> nodes, ClusterSettings settings) {
    var ids = values(settings, Routing.EXCLUDE_ID);
    var names = values(settings, Routing.EXCLUDE_NAME);
    var zones = values(settings, Routing.EXCLUDE + zoneAttribute);
    var excluded = new HashSet<NodeId>();
    for (var node : nodes) {
      boolean zone = node.zone().filter(each -> zones.contains(each.value())).isPresent();
      if (zone || ids.contains(node.id().value()) || names.contains(node.name().value())) {
        excluded.add(node.id());
      }
    }
    return excluded;
  }

  private static Set<String> values(ClusterSettings settings, String key) {
    return new HashSet<>(List.of(settings.inForce(key).orElse("").split(",")));
  }
}
