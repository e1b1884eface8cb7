package dev.caretaker.adapter.sqs;

import dev.caretaker.kernel.Observed;
import dev.caretaker.pipeline.action.PipelineAction.CreateQueue;
import dev.caretaker.pipeline.action.PipelineAction.DeleteQueue;
import dev.caretaker.pipeline.action.PipelineAction.OnQueue;
import dev.caretaker.pipeline.action.PipelineAction.SendObjects;
import dev.caretaker.pipeline.model.PipelineId;
import dev.caretaker.pipeline.model.QueueName;
import dev.caretaker.pipeline.model.QueueTraffic;
import dev.caretaker.pipeline.model.QueueView;
import dev.caretaker.port.PortException;
import dev.caretaker.port.QueuePort;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * The queues of one region, in SQS and CloudWatch, in the account of the credentials. One is enough
 * for all pipelines of a region. Safe for use by several threads.
 */
public final class SqsQueues implements QueuePort, AutoCloseable {
  private final QueueClients clients;
  private final QueueReading reading;
  private final QueueMetrics metrics;
  private final EmptyLooks looks;
  private final QueueOrders orders;
  private final ObjectSending sending;

  SqsQueues(QueueClients clients, Clock clock) {
    this.clients = clients;
    this.reading = new QueueReading(clients);
    this.metrics = new QueueMetrics(clients, clock);
    this.looks = new EmptyLooks(clock);
    this.orders = new QueueOrders(clients, reading, looks);
    this.sending = new ObjectSending(clients, reading, clock);
  }

  /**
   * Opens the way; nothing is asked yet, so neither a wrong region nor missing credentials are told
   * before the first read. To be closed.
   */
  public static SqsQueues open(QueueSettings settings, Clock clock) {
    return new SqsQueues(QueueClients.open(settings), clock);
  }

  private interface Question<T> {
    T ask() throws PortException;
  }

  private static <T> Observed<T> read(Question<T> question) {
    try {
      return Observed.known(question.ask());
    } catch (PortException failed) {
      return Observed.unknown(String.valueOf(failed.getMessage()));
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>Where only CloudWatch does not answer, the age is empty and the rest is known.
   */
  @Override
  public Observed<Optional<QueueView>> read(QueueName queue) {
    return read(
        () -> {
          var found = reading.find(queue);
          found.ifPresentOrElse(
              there -> looks.saw(queue, there.backlog()), () -> looks.forget(queue));
          return found.map(
              there ->
                  new QueueView(
                      there.attributes(),
                      there.visible(),
                      there.inFlight(),
                      there.delayed(),
                      metrics.oldest(queue),
                      there.created()));
        });
  }

  /**
   * {@inheritDoc}
   *
   * <p>By the minute for the last three hours, in steps of five minutes or an hour for earlier
   * times; of the last two minutes nothing is told.
   */
  @Override
  public Observed<QueueTraffic> traffic(QueueName queue, Instant since) {
    return read(() -> metrics.traffic(queue, since));
  }

  /**
   * {@inheritDoc}
   *
   * <p>A queue is deleted only when it was seen empty twice, a minute apart, by reads or by earlier
   * attempts; until then it is refused with when to try again.
   */
  @Override
  public void perform(PipelineId pipeline, OnQueue action) throws PortException {
    if (action instanceof CreateQueue wish) {
      orders.create(pipeline, wish);
    } else if (action instanceof DeleteQueue wish) {
      orders.delete(pipeline, wish);
    } else if (action instanceof SendObjects wish) {
      sending.send(wish);
    } else {
      throw new IllegalStateException("no such change of a queue: " + action);
    }
  }

  @Override
  public void close() {
    clients.close();
  }
}
