package dev.caretaker.fleet.ledger;

import java.time.Instant;

/**
 * Nothing is bought of a pool for a while.
 *
 * @param because EC2's error code, or what else spoke against it
 */
public record Cooling(Instant until, String because) {}
