package dev.caretaker.elastic.model;

import dev.caretaker.kernel.Bytes;
import java.time.Duration;

/**
 * A copy that one node built from another one, once it was done.
 *
 * @param copied over the network; what was there already is not in it
 * @param took from its beginning to its end, longer than nothing
 */
public record Recovery(Bytes copied, Duration took) {
  public Recovery {
    if (took.isZero() || took.isNegative()) {
      throw new IllegalArgumentException("a recovery takes time, not " + took);
    }
  }

  public double bytesPerSecond() {
    return copied.value() * 1000.0 / took.toMillis();
  }
}
