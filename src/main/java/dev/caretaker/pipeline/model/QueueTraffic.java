package dev.caretaker.pipeline.model;

import java.time.Instant;
import java.util.List;

/**
 * Messages sent to and deleted from a queue, by CloudWatch, oldest first. What workers put back
 * into their own queue is counted in both.
 */
public record QueueTraffic(List<Count> counts) {
  public static final QueueTraffic NONE = new QueueTraffic(List.of());

  /** In one period; a period that CloudWatch has not told yet is missing, not zero. */
  public record Count(Instant from, Instant to, long sent, long deleted) {}

  public QueueTraffic {
    counts = List.copyOf(counts);
  }
}
