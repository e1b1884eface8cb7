package dev.caretaker.elastic.model;

import dev.caretaker.kernel.Bytes;
import java.time.Duration;
import java.time.Instant;

/**
 * How a copy that stands came to its node from another one.
 *
 * @param node where it is
 * @param returned whether its data was on that node's disk already, because the node had been away
 * @param copied over the network; what was there already is not in it
 * @param beganAt by the clock of the node
 * @param took from its beginning to its end, longer than nothing
 */
public record Recovery(
    NodeName node, boolean returned, Bytes copied, Instant beganAt, Duration took) {
  public Recovery {
    if (took.isZero() || took.isNegative()) {
      throw new IllegalArgumentException("a recovery takes time, not " + took);
    }
  }

  public double bytesPerSecond() {
    return copied.value() * 1000.0 / took.toMillis();
  }
}
