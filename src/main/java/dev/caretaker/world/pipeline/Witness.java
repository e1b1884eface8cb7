package dev.caretaker.world.pipeline;

import dev.caretaker.pipeline.model.QueueName;
import java.time.Instant;

/** Sees what becomes of messages. */
public interface Witness {
  /** A message came into a queue; one that was sent on is another one, with a new clock. */
  void sent(QueueName queue, String document);

  /** A worker stored the document of a message. */
  void stored(String document);

  /** SQS deleted a message that nobody had worked on within the queue's retention. */
  void expired(QueueName queue, String document, Instant sentAt);

  /** A program wrote to an alias that was not there, and the engine made an index of its name. */
  void lookAlike(WorkMachine machine, String index);
}
