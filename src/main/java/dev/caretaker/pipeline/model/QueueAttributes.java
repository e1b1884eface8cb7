package dev.caretaker.pipeline.model;

import java.time.Duration;
import java.util.Optional;

/**
 * How a queue keeps its messages.
 *
 * @param retention a message that is older is deleted by SQS, not dead-lettered; at most 14 days
 * @param visibility for how long a received message is hidden from other receivers
 * @param deadLetter where messages go that were received too often
 */
public record QueueAttributes(
    Duration retention, Duration visibility, Optional<DeadLetter> deadLetter) {

  /**
   * A queue for what could not be worked on.
   *
   * @param after so many receives a message is moved there
   */
  public record DeadLetter(QueueName queue, int after) {}
}
