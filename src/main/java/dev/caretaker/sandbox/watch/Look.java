package dev.caretaker.sandbox.watch;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What one look at a cluster that has a master showed.
 *
 * @param at when the answer was there
 * @param names of the nodes in the cluster, by id
 * @param persistent settings of that scope, flat
 * @param transientScope settings of that scope, flat
 */
public record Look(
    Instant at,
    SortedMap<String, String> names,
    List<Copy> copies,
    SortedMap<String, String> persistent,
    SortedMap<String, String> transientScope) {

  /** What a cluster state is asked for. */
  static final String STATE =
      "/_cluster/state/master_node,nodes,routing_table?filter_path=master_node,nodes.*.name,"
          + "routing_table.indices.*.shards.*.state,routing_table.indices.*.shards.*.primary,"
          + "routing_table.indices.*.shards.*.node,"
          + "routing_table.indices.*.shards.*.relocating_node";

  static final String SETTINGS = "/_cluster/settings?flat_settings=true";

  private static final String ENABLE = "cluster.routing.allocation.enable";

  /** Reads the two answers; empty where the state names no master. */
  static Optional<Look> read(Instant at, JsonNode state, JsonNode settings) {
    if (!state.path("master_node").isTextual()) {
      return Optional.empty();
    }
    var names = new TreeMap<String, String>();
    state
        .path("nodes")
        .properties()
        .forEach(node -> names.put(node.getKey(), node.getValue().path("name").asText()));
    return Optional.of(
        new Look(
            at,
            names,
            copies(state.path("routing_table").path("indices"), names),
            flat(settings.path("persistent")),
            flat(settings.path("transient"))));
  }

  /** Names of the nodes in the cluster. */
  public Set<String> members() {
    return new TreeSet<>(names.values());
  }

  /** The value of {@code allocation.enable} that the engine obeys. */
  public String enableInForce() {
    return transientScope.getOrDefault(ENABLE, persistent.getOrDefault(ENABLE, "all"));
  }

  /** Whether replicas of a stopped node stay where they are. */
  public boolean frozen() {
    return !enableInForce().equals("all");
  }

  /** How many copies are on the node or on their way to or from it. */
  public long copiesOn(String node) {
    return copies.stream().filter(copy -> copy.touches(node)).count();
  }

  /** Whether every copy of every shard serves. */
  public boolean allActive() {
    return copies.stream().allMatch(Copy::active);
  }

  private static List<Copy> copies(JsonNode indices, Map<String, String> names) {
    var copies = new ArrayList<Copy>();
    for (var index : indices.properties()) {
      for (var shard : index.getValue().path("shards").properties()) {
        var id = new Copy.Shard(index.getKey(), Integer.parseInt(shard.getKey()));
        shard.getValue().forEach(copy -> copies.add(copy(id, copy, names)));
      }
    }
    return copies;
  }

  private static Copy copy(Copy.Shard id, JsonNode copy, Map<String, String> names) {
    return new Copy(
        id,
        copy.path("primary").asBoolean(),
        copy.path("state").asText(),
        name(copy.path("node"), names),
        name(copy.path("relocating_node"), names));
  }

  private static Optional<String> name(JsonNode id, Map<String, String> names) {
    return id.isTextual()
        ? Optional.of(names.getOrDefault(id.asText(), id.asText()))
        : Optional.empty();
  }

  private static SortedMap<String, String> flat(JsonNode settings) {
    var flat = new TreeMap<String, String>();
    settings.properties().forEach(setting -> flat.put(setting.getKey(), text(setting.getValue())));
    return flat;
  }

  private static String text(JsonNode value) {
    return value.isValueNode() ? value.asText() : value.toString();
  }
}
