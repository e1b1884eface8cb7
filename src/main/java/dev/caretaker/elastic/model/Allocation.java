package dev.caretaker.elastic.model;

import java.util.Locale;
import java.util.Optional;

/**
 * The values of {@code cluster.routing.allocation.enable}, from what moves everything to nothing.
 */
public enum Allocation {
  ALL,
  PRIMARIES,
  NEW_PRIMARIES,
  NONE;

  /** The value as the engine writes it. */
  public String setting() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Allocation> of(String setting) {
    for (var each : values()) {
      if (each.setting().equalsIgnoreCase(setting)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  /** The one that lets less happen. */
  public Allocation stricter(Allocation other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
