package dev.caretaker.adapter.sqs;

import dev.caretaker.pipeline.model.QueueName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * For how long queues were seen empty. SQS counts approximately: about a minute after the last
 * message was sent its counts are right, and one look at zeros proves nothing. Two looks that are a
 * minute apart, with nothing seen between them, do; what is sent after the second is not seen by
 * any count. What is remembered here is lost with the process, which costs a minute.
 */
final class EmptyLooks {
  private static final Duration SURE = Duration.ofMinutes(1);

  /** Who did not look for so long has not seen that the queue stayed empty. */
  private static final Duration FORGOTTEN = Duration.ofMinutes(15);

  private final Clock clock;
  private final Map<QueueName, Look> looks = new ConcurrentHashMap<>();

  private record Look(Instant first, Instant last) {}

  EmptyLooks(Clock clock) {
    this.clock = clock;
  }

  /** Says what was seen just now. */
  void saw(QueueName queue, long backlog) {
    if (backlog > 0) {
      looks.remove(queue);
      return;
    }
    var now = clock.instant();
    looks.merge(
        queue,
        new Look(now, now),
        (before, fresh) ->
            before.last().isBefore(now.minus(FORGOTTEN)) ? fresh : new Look(before.first(), now));
  }

  /** Whether it was seen empty now and a minute ago. */
  boolean isSurelyEmpty(QueueName queue) {
    var look = looks.get(queue);
    return look != null && !look.last().isBefore(look.first().plus(SURE));
  }

  void forget(QueueName queue) {
    looks.remove(queue);
  }
}
