package dev.caretaker.world;

import dev.caretaker.elastic.model.NodeName;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How fast things go in a world.
 *
 * @param bytesPerSecond of one recovery
 * @param start from the start of a process until it can join; by chance where empty
 * @param starts the same of single nodes, where it is known
 * @param returning of a copy whose data is on its node's disk and misses little
 */
public record Pace(
    long bytesPerSecond,
    Optional<Duration> start,
    Map<NodeName, Duration> starts,
    Duration returning) {
  /** {@code indices.recovery.max_bytes_per_sec} where nothing is set. */
  public static final long DEFAULT_BYTES_PER_SECOND = 40L << 20;

  /** Measured of small shards in which nobody wrote meanwhile. */
  public static final Duration DEFAULT_RETURNING = Duration.ofSeconds(2);

  static final Pace BY_CHANCE =
      new Pace(DEFAULT_BYTES_PER_SECOND, Optional.empty(), Map.of(), DEFAULT_RETURNING);

  public Pace {
    starts = Map.copyOf(starts);
    if (bytesPerSecond <= 0) {
      throw new IllegalArgumentException("not a speed: " + bytesPerSecond);
    }
  }

  /** Of the node, where anything is known of starts. */
  Optional<Duration> startOf(NodeName node) {
    return Optional.ofNullable(starts.get(node)).or(this::start);
  }
}
