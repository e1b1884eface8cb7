package dev.caretaker.contract;

import dev.caretaker.pipeline.action.PipelineAction.CreateQueue;
import dev.caretaker.pipeline.model.PipelineId;
import dev.caretaker.pipeline.model.QueueAttributes;
import dev.caretaker.pipeline.model.QueueAttributes.DeadLetter;
import dev.caretaker.pipeline.model.QueueName;
import dev.caretaker.pipeline.model.QueueView;
import dev.caretaker.port.PortException;
import dev.caretaker.port.QueuePort;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedSet;

/** A place for queues to try a contract on: none is there. */
interface QueueGround extends AutoCloseable {
  PipelineId PIPELINE = new PipelineId("default", "etl", "5d1f7f0e-9a0b-4a55-8d21-8a3b5a6f7c10");
  QueueName WORK = new QueueName("active-data-etl");
  QueueName DEAD = new QueueName("active-data-etl-dead");

  /** As long as SQS keeps messages where nobody says otherwise: ElasticMQ says nothing else. */
  QueueAttributes PLAIN =
      new QueueAttributes(Duration.ofDays(4), Duration.ofMinutes(30), Optional.empty());

  QueueAttributes WITH_DEAD_LETTERS =
      new QueueAttributes(
          PLAIN.retention(), PLAIN.visibility(), Optional.of(new DeadLetter(DEAD, 12)));

  QueuePort port();

  /** Makes a queue as somebody else would. */
  void stranger(QueueName queue, QueueAttributes attributes);

  /** Sends messages, as somebody who is no part of Caretaker. */
  void send(QueueName queue, int messages);

  /** Receives messages, as a worker does that has not finished them. */
  void receive(QueueName queue, int messages);

  /** Receives and deletes all messages; the keys that stood in them. */
  SortedSet<String> drain(QueueName queue);

  /** Lets a bit more than a minute pass. */
  void aMinute();

  @Override
  void close();

  default void make(QueueName queue, QueueAttributes attributes) throws PortException {
    port().perform(PIPELINE, new CreateQueue(queue, attributes));
  }

  /** The queue as it is now, which must be known. */
  default Optional<QueueView> read(QueueName queue) {
    var read = port().read(queue);
    return read.ifKnown().orElseThrow(() -> new AssertionError("unknown: " + read));
  }
}
