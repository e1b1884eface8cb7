package dev.caretaker.world;

import dev.caretaker.elastic.model.Allocation;
import dev.caretaker.elastic.model.ClusterSettings;
import dev.caretaker.elastic.model.Routing;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Cluster settings in three scopes, with who wrote what and when. */
final class Settings {
  /** A value, and whose it is. */
  record Value(String text, boolean ours, long at) {}

  private final SortedMap<String, Value> persistent = new TreeMap<>();
  private final SortedMap<String, Value> transientScope = new TreeMap<>();
  private final Map<String, String> defaults = new HashMap<>();

  Settings() {
    defaults.put(Routing.ENABLE, "all");
    defaults.put(Routing.REBALANCE, "all");
  }

  /** What elasticsearch.yml of the nodes says. */
  void file(String key, String value) {
    defaults.put(key, value);
  }

  /** Why the whole write is rejected; empty where it is taken. */
  static Optional<String> rejects(Map<String, Optional<String>> write) {
    for (var entry : write.entrySet()) {
      var key = entry.getKey();
      var value = entry.getValue();
      if (!key.startsWith("cluster.")) {
        return Optional.of("unknown setting " + key);
      }
      if (key.equals(Routing.ENABLE)
          && value.flatMap(Allocation::of).isEmpty()
          && value.isPresent()) {
        return Optional.of("illegal allocation.enable " + value.get());
      }
    }
    return Optional.empty();
  }

  void write(
      Map<String, Optional<String>> toPersistent,
      Map<String, Optional<String>> toTransient,
      boolean ours,
      long now) {
    write(persistent, toPersistent, ours, now);
    write(transientScope, toTransient, ours, now);
  }

  private static void write(
      SortedMap<String, Value> scope,
      Map<String, Optional<String>> changes,
      boolean ours,
      long now) {
    changes.forEach(
        (key, value) -> {
          var stands = scope.get(key);
          if (value.isPresent() && stands != null && stands.text().equals(value.get())) {
            // The same text again leaves no trace in the engine: nobody can tell whose it is now,
            // and so what the spec asks for, too, may go when the spec asks for it no more.
            scope.put(key, new Value(stands.text(), ours || stands.ours(), stands.at()));
            return;
          }
          if (value.isPresent()) {
            scope.put(key, new Value(value.get(), ours, now));
          } else {
            scope.remove(key);
          }
        });
  }

  SortedMap<String, Value> persistent() {
    return persistent;
  }

  SortedMap<String, Value> transientScope() {
    return transientScope;
  }

  /** Transient over persistent over file; an empty text masks what is below. */
  String inForce(String key, String otherwise) {
    var value = transientScope.get(key);
    if (value == null) {
      value = persistent.get(key);
    }
    return value == null ? defaults.getOrDefault(key, otherwise) : value.text();
  }

  /** Whether the value in force is somebody else's. */
  boolean foreign(String key) {
    var value = transientScope.getOrDefault(key, persistent.get(key));
    return value != null && !value.ours();
  }

  /** What a key falls back to below both scopes. */
  String below(String key) {
    return defaults.getOrDefault(key, "");
  }

  ClusterSettings view() {
    return new ClusterSettings(texts(persistent), texts(transientScope), defaults);
  }

  private static Map<String, String> texts(SortedMap<String, Value> scope) {
    var texts = new TreeMap<String, String>();
    scope.forEach((key, value) -> texts.put(key, value.text()));
    return texts;
  }
}
