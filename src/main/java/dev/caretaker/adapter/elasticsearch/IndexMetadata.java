package dev.caretaker.adapter.elasticsearch;

import dev.caretaker.elastic.model.IndexView;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An index in the metadata of the cluster state. */
final class IndexMetadata {
  private static final String ALLOCATION = "index.routing.allocation.";

  private final Map<String, String> settings = new HashMap<>();
  private final Map<Integer, Set<String>> inSync = new HashMap<>();
  private boolean open = true;

  private IndexMetadata() {}

  static IndexMetadata read(JsonStream json) throws IOException {
    var index = new IndexMetadata();
    json.fields(name -> index.field(name, json));
    return index;
  }

  private void field(String name, JsonStream json) throws IOException {
    switch (name) {
      case "state" -> open = !json.text().orElse("open").equals("close");
      case "settings" -> settings.putAll(json.flattened());
      case "in_sync_allocations" ->
          json.fields(shard -> inSync.put(shardNumber(shard), texts(json)));
      default -> {}
    }
  }

  private static Set<String> texts(JsonStream json) throws IOException {
    var texts = new HashSet<String>();
    json.elements(() -> json.text().ifPresent(texts::add));
    return texts;
  }

  static int shardNumber(String key) throws IOException {
    try {
      return Integer.parseInt(key);
    } catch (NumberFormatException e) {
      throw new IOException("no number of a shard: " + key, e);
    }
  }

  /** Allocation ids of the copies that have every acknowledged write. */
  Set<String> inSync(int shard) {
    return inSync.getOrDefault(shard, Set.of());
  }

  IndexView view(String name) {
    return new IndexView(
        name,
        number("index.number_of_replicas").orElse(1),
        !settings.getOrDefault("index.auto_expand_replicas", "false").equals("false"),
        open,
        Optional.ofNullable(settings.get(ALLOCATION + "enable")),
        Optional.ofNullable(settings.get("index.routing.rebalance.enable")),
        filters(),
        number(ALLOCATION + "total_shards_per_node").filter(limit -> limit >= 0));
  }

  private Optional<Integer> number(String key) {
    var text = settings.getOrDefault(key, "");
    return text.matches("-?\\d{1,9}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
  }

  private Map<String, String> filters() {
    var filters = new HashMap<String, String>();
    settings.forEach(
        (key, value) -> {
          var filter = key.startsWith(ALLOCATION) ? key.substring(ALLOCATION.length()) : "";
          // A tier is no attribute of a node; every node with the plain data role is in all tiers.
          if (filter.matches("(require|include|exclude)\\..+")
              && !filter.endsWith("._tier_preference")) {
            filters.put(filter, value);
          }
        });
    return filters;
  }
}
