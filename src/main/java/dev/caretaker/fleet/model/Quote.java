package dev.caretaker.fleet.model;

import dev.caretaker.kernel.UsdPerHour;

/**
 * What a machine of a pool costs.
 *
 * @param today the price that runs now
 * @param ceiling the price that sufficed for the wanted part of its history, and at least today's
 */
public record Quote(Pool pool, UsdPerHour today, UsdPerHour ceiling) {
  public Quote {
    ceiling = ceiling.or(today);
  }
}
