package dev.caretaker.fleet.policy;

import dev.caretaker.kernel.Utility;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How fast and how one-sided a fleet may grow.
 *
 * @param newUtility that is bought within ten minutes, at most
 * @param perType machines of one type that are bought within ten minutes, at most
 * @param sharePerType of the fleet's utility, 0 to 1; 1 is no limit
 * @param sharePerZone of the fleet's utility, 0 to 1; 1 is no limit
 * @param machines that are there at once, at most: a cluster or pipelines see no more of them
 */
public record Limits(
    Optional<Utility> newUtility,
    OptionalInt perType,
    double sharePerType,
    double sharePerZone,
    OptionalInt machines) {
  public Limits {
    if (!(sharePerType > 0 && sharePerType <= 1 && sharePerZone > 0 && sharePerZone <= 1)) {
      throw new IllegalArgumentException("no share: " + sharePerType + ", " + sharePerZone);
    }
  }

  /** With as many machines as anybody wants. */
  public Limits(
      Optional<Utility> newUtility, OptionalInt perType, double sharePerType, double sharePerZone) {
    this(newUtility, perType, sharePerType, sharePerZone, OptionalInt.empty());
  }
}
