package dev.caretaker.world;

import java.time.Duration;
import java.util.Optional;

/**
 * How fast things go in a world.
 *
 * @param bytesPerSecond of one recovery
 * @param start from the start of a process until it can join; by chance where empty
 */
public record Pace(long bytesPerSecond, Optional<Duration> start) {
  /** {@code indices.recovery.max_bytes_per_sec} where nothing is set. */
  public static final long DEFAULT_BYTES_PER_SECOND = 40L << 20;

  static final Pace BY_CHANCE = new Pace(DEFAULT_BYTES_PER_SECOND, Optional.empty());

  public Pace {
    if (bytesPerSecond <= 0) {
      throw new IllegalArgumentException("not a speed: " + bytesPerSecond);
    }
  }
}
