package dev.caretaker.sandbox.engine;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** How many nodes a sandbox cluster has in each zone; node names are zone and number: spot1. */
public record ClusterShape(Map<String, Integer> zones) {

  public ClusterShape {
    zones = Collections.unmodifiableMap(new LinkedHashMap<>(zones));
    if (zones.isEmpty()) {
      throw new IllegalArgumentException("a cluster needs at least one zone");
    }
    zones.forEach(ClusterShape::check);
  }

  /**
   * Reads {@code backup=2,spot=3}.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static ClusterShape parse(String text) {
    Map<String, Integer> zones = new LinkedHashMap<>();
    for (String part : text.split(",", -1)) {
      String[] words = part.strip().split("=", -1);
      if (words.length != 2 || !words[1].matches("\\d{1,3}")) {
        throw new IllegalArgumentException("not ZONE=COUNT: '" + part + "' in '" + text + "'");
      }
      if (zones.put(words[0], Integer.valueOf(words[1])) != null) {
        throw new IllegalArgumentException("zone " + words[0] + " stands twice in '" + text + "'");
      }
    }
    return new ClusterShape(zones);
  }

  /** Zone by node name, in the order of the zones. */
  public Map<String, String> zoneByNode() {
    Map<String, String> nodes = new LinkedHashMap<>();
    zones.forEach(
        (zone, count) -> {
          for (int number = 1; number <= count; number++) {
            nodes.put(zone + number, zone);
          }
        });
    return nodes;
  }

  private static void check(String zone, int count) {
    // A digit at the end would let two zones make the same node name: a with 11, a1 with 1.
    if (!zone.matches("[a-z]([a-z0-9-]*[a-z])?")) {
      throw new IllegalArgumentException("not a zone name: '" + zone + "'");
    }
    if (count < 1) {
      throw new IllegalArgumentException("zone " + zone + " needs at least one node");
    }
  }
}
