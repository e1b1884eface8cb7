package dev.caretaker.adapter.elasticsearch;

import dev.caretaker.elastic.model.ClusterSettings;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/** Reads {@code _cluster/settings}: the routing, our mark, and the quorum of ES 6. */
final class SettingsParser {
  static final String QUORUM = "discovery.zen.minimum_master_nodes";

  /** How fast one node may copy, for forecasts. */
  private static final String SPEED = "indices.recovery.max_bytes_per_sec";

  /** Values of elasticsearch.yml appear nowhere but under the defaults. */
  static final String PATH =
      "/_cluster/settings?include_defaults=true&filter_path="
          + "*.cluster.routing,*.cluster.metadata,*."
          + QUORUM
          + ",*."
          + SPEED;

  private SettingsParser() {}

  static ClusterSettings parse(InputStream body) throws IOException {
    var scopes = new HashMap<String, Map<String, String>>();
    JsonStream.read(
        body,
        json -> {
          json.fields(scope -> scopes.put(scope, json.flattened()));
          return scopes;
        });
    var defaults = new HashMap<>(scopes.getOrDefault("defaults", Map.of()));
    // An unset list is written as an empty one; an empty text in a scope, though, is a value.
    defaults.values().removeIf(String::isEmpty);
    return new ClusterSettings(
        scopes.getOrDefault("persistent", Map.of()),
        scopes.getOrDefault("transient", Map.of()),
        defaults);
  }
}
