package dev.caretaker.fleet.model;

import dev.caretaker.kernel.UsdPerHour;
import java.time.Instant;

/** From this moment on the price was so. */
public record PricePoint(Instant at, UsdPerHour usd) {}
