package dev.caretaker.pipeline.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What SQS says of a queue; its counts are approximate, and right about a minute after traffic
 * stops.
 *
 * @param visible messages that could be received
 * @param inFlight messages that were received and not deleted
 * @param delayed messages that nobody may receive yet
 * @param oldest age of the oldest message, by CloudWatch; empty where it says nothing or is late
 * @param created since when there is this queue: no message was sent to it before; empty where SQS
 *     does not say
 */
public record QueueView(
    QueueAttributes attributes,
    long visible,
    long inFlight,
    long delayed,
    Optional<Duration> oldest,
    Optional<Instant> created) {

  /** Messages that are not finished. */
  public long backlog() {
    return visible + inFlight + delayed;
  }
}
