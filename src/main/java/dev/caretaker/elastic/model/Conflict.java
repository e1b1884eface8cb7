package dev.caretaker.elastic.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A value on a key that Caretaker owns, which Caretaker did not write.
 *
 * @param scope {@code persistent} or {@code transient}
 */
public record Conflict(String scope, String key, String value) {
  /** Stands for a value of ours that is no longer there. */
  private static final String REMOVED = "(removed)";

  /**
   * Finds what others wrote. Where our mark stands, every value must be the one written with it: a
   * person who lifts a freeze by hand is not overruled. Where none stands, a persistent value that
   * says the same as the baseline disturbs nobody; a transient one outranks every write of ours.
   */
  public static List<Conflict> in(
      ClusterSettings settings, String zoneAttribute, Routing baseline) {
    var mark = Mark.in(settings.persistent());
    var harmless = baseline.settings(zoneAttribute, settings);
    var conflicts = new ArrayList<Conflict>();
    for (var key : Routing.keys(zoneAttribute)) {
      var outranking = settings.transientScope().get(key);
      if (outranking != null) {
        conflicts.add(new Conflict("transient", key, outranking));
      }
      var stored = Optional.ofNullable(settings.persistent().get(key));
      var ours = mark.map(Mark::wrote).map(values -> values.get(key));
      boolean expected =
          ours.isPresent()
              ? ours.equals(stored)
              : stored.isEmpty()
                  || saysTheSame(
                      key, stored, harmless.getOrDefault(key, Optional.empty()), settings);
      if (!expected) {
        conflicts.add(new Conflict("persistent", key, stored.orElse(REMOVED)));
      }
    }
    return conflicts;
  }

  /** Whether a stored value has the effect of the wanted one. */
  public static boolean saysTheSame(
      String key, Optional<String> stored, Optional<String> wanted, ClusterSettings settings) {
    return stored
        .filter(value -> !value.isEmpty())
        .orElse(defaultOf(key, settings))
        .equals(wanted.orElse(defaultOf(key, settings)));
  }

  private static String defaultOf(String key, ClusterSettings settings) {
    var engine = key.equals(Routing.ENABLE) || key.equals(Routing.REBALANCE) ? "all" : "";
    return settings.defaults().getOrDefault(key, engine);
  }

  @Override
  public String toString() {
    return scope + " " + key + " = \"" + value + "\"";
  }
}
