package dev.caretaker.elastic.model;

import java.util.Map;
import java.util.Optional;

/**
 * The cluster-wide settings that matter here, flat, as strings.
 *
 * @param persistent what {@code PUT _cluster/settings} stored for good
 * @param transientScope what outranks it until a full restart
 * @param defaults values of elasticsearch.yml and of the engine, which both scopes outrank
 */
public record ClusterSettings(
    Map<String, String> persistent,
    Map<String, String> transientScope,
    Map<String, String> defaults) {
  public ClusterSettings {
    persistent = Map.copyOf(persistent);
    transientScope = Map.copyOf(transientScope);
    defaults = Map.copyOf(defaults);
  }

  /** The value in force: transient over persistent over file and engine default. */
  public Optional<String> inForce(String key) {
    if (transientScope.containsKey(key)) {
      return Optional.of(transientScope.get(key));
    }
    if (persistent.containsKey(key)) {
      return Optional.of(persistent.get(key));
    }
    return Optional.ofNullable(defaults.get(key));
  }
}
