package dev.caretaker.fleet.policy;

import dev.caretaker.kernel.UsdPerHour;
import java.time.Duration;
import java.util.Optional;

/**
 * How prices are judged.
 *
 * @param percentile part of the hours of the history in which the ceiling would have sufficed
 * @param history how far back prices count
 * @param horizon how long a machine is wanted at least: the ceiling of an hour is the highest price
 *     within the horizon that follows it
 * @param mostPerUtility a machine that costs more for each of its utility is not bought
 */
public record PricePolicy(
    double percentile, Duration history, Duration horizon, Optional<UsdPerHour> mostPerUtility) {
  public PricePolicy {
    if (percentile <= 0 || percentile > 1) {
      throw new IllegalArgumentException("no percentile: " + percentile);
    }
  }
}
