package dev.caretaker.sandbox.load;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.caretaker.sandbox.market.WorkMessages;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends messages with numbers of their own into a pipeline's queue, some each second, more on
 * demand. Every number that the queue took is remembered.
 */
public final class Producer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Producer.class);
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final WorkMessages queue;
  private final int perSecond;
  private final Set<Long> sent = new TreeSet<>();
  private final Thread thread = new Thread(this::produce, "producer");
  private List<String> tables;
  private long next;

  /** Nothing is sent yet. */
  public Producer(WorkMessages queue, int perSecond, String table) {
    this.queue = queue;
    this.perSecond = perSecond;
    this.tables = List.of(table);
    thread.setDaemon(true);
  }

  /** What happens to the one who works on a message. */
  public enum Fate {
    /** Nothing. */
    LIVES("NOWHERE", 0),
    /** It fails twice, and is put back into the queue. */
    FAILS("NOWHERE", 2),
    /** The worker dies when the document is written and the message is not deleted. */
    DIES_AFTER_BULK("AFTER_BULK", 0),
    /** The worker dies when a copy was put back and the message is not deleted. */
    DIES_AFTER_RESEND("AFTER_RESEND", 1);

    private final String dies;
    private final int fails;

    Fate(String dies, int fails) {
      this.dies = dies;
      this.fails = fails;
    }
  }

  /** Some each second from now on. */
  public void start() {
    thread.start();
  }

  /** Messages are for these tables from now on, in turn. */
  public synchronized void writeTo(List<String> names) {
    tables = List.copyOf(names);
  }

  /** Sends so many at once, and returns when the queue has them. */
  public synchronized void burst(int count, Fate fate) throws IOException, InterruptedException {
    for (int from = 0; from < count; from += 100) {
      var bodies = new ArrayList<String>();
      var numbers = new ArrayList<Long>();
      for (int i = from; i < Math.min(count, from + 100); i++) {
        numbers.add(next);
        bodies.add(body(next, fate));
        next++;
      }
      queue.send(bodies);
      sent.addAll(numbers);
    }
  }

  private String body(long number, Fate fate) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("number", number)
        .put("table", tables.get((int) (number % tables.size())))
        .put("dies", fate.dies)
        .put("fails", fate.fails)
        .put("sentAt", Instant.now().toString())
        .toString();
  }

  /** The numbers that the queue took for certain. */
  public synchronized Set<Long> sent() {
    return new TreeSet<>(sent);
  }

  private void produce() {
    try {
      while (!thread.isInterrupted()) {
        try {
          burst(perSecond, Fate.LIVES);
        } catch (IOException refused) {
          log.warn("the queue did not take messages for certain", refused);
        }
        Thread.sleep(SECOND.toMillis());
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  /** Sends nothing any more; returns when the last batch has ended. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(15).toMillis());
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }
}
