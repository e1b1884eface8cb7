package dev.caretaker.operator;

import dev.caretaker.kernel.Condition;
import dev.caretaker.port.PortException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One reader for each region and queue that a resource names, however many name it. */
final class QueueReaders implements AutoCloseable {
  private static final long PAUSE_MILLIS = 10_000;
  private static final long BREATH_MILLIS = 200;

  private final Queues queues;
  private final Markets markets;
  private final Notices notices;
  private final Runnable gather;
  private final Clock clock;
  private final Map<String, Key> named = new HashMap<>();
  private final Map<Key, Running> running = new HashMap<>();

  /**
   * Nothing is read yet.
   *
   * @param gather has all expected who may own a machine; before a queue is read
   */
  QueueReaders(Queues queues, Markets markets, Notices notices, Runnable gather, Clock clock) {
    this.queues = queues;
    this.markets = markets;
    this.notices = notices;
    this.gather = gather;
    this.clock = clock;
  }

  /** A queue. */
  record Key(String region, String queue) {}

  private record Running(QueueReader reader, CountDownLatch ended, Thread thread) {
    void end() {
      ended.countDown();
      thread.interrupt();
    }
  }

  /** A resource names a queue, or none any more. */
  synchronized void names(String uid, Optional<Key> queue) {
    if (queue.isPresent()) {
      named.put(uid, queue.get());
      running.computeIfAbsent(queue.get(), this::start);
    } else {
      named.remove(uid);
    }
    running
        .entrySet()
        .removeIf(
            each -> {
              boolean idle = !named.containsValue(each.getKey());
              if (idle) {
                each.getValue().end();
              }
              return idle;
            });
  }

  /** Whether a queue is read; what is wrong with it, and what to do. */
  synchronized Condition heard(Key queue) {
    return Optional.ofNullable(running.get(queue))
        .flatMap(each -> each.reader().trouble())
        .map(sentence -> Condition.no("NoticesHeard", "QueueInTrouble", sentence))
        .orElseGet(
            () -> Condition.yes("NoticesHeard", "Read", "the queue " + queue.queue() + " is read"));
  }

  private Running start(Key key) {
    gather.run();
    var port = queues.of(key.region(), key.queue());
    var market = markets.in(key.region());
    var reader = new QueueReader(key.region(), key.queue(), port, market, notices, clock);
    var ended = new CountDownLatch(1);
    var thread = new Thread(() -> read(reader, ended), "queue-" + key.queue());
    thread.setDaemon(true);
    thread.start();
    return new Running(reader, ended, thread);
  }

  /**
   * Until it is ended. A queue that cannot be read is left alone for some seconds. One that gave
   * nothing to delete is left alone for a moment: without a visibility time-out it gives the same
   * again at once.
   */
  private static void read(QueueReader reader, CountDownLatch ended) {
    try {
      while (ended.getCount() > 0) {
        ended.await(step(reader), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  /** How many milliseconds to leave the queue alone. */
  private static long step(QueueReader reader) {
    try {
      return reader.step() ? 0 : BREATH_MILLIS;
    } catch (PortException told) {
      return PAUSE_MILLIS;
    } catch (RuntimeException bug) {
      // Were the thread to end, nobody would hear another notice, and nobody would know.
      reader.broke(bug);
      return PAUSE_MILLIS;
    }
  }

  @Override
  public synchronized void close() {
    running.values().forEach(Running::end);
    running.clear();
  }
}
