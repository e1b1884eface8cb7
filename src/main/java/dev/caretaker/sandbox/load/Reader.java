package dev.caretaker.sandbox.load;

import dev.caretaker.sandbox.watch.EngineDoor;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Queries without end and notes how long it ever had to do without a whole answer. */
public final class Reader implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Reader.class);
  private static final Duration BETWEEN_QUERIES = Duration.ofMillis(500);
  private static final String QUERY =
      "/_search?size=1&filter_path=_shards.failed,timed_out,hits.hits._id";

  private final EngineDoor engine;
  private final Thread thread = new Thread(this::readOn, "reader");
  private long answered;
  private Instant lastAnswer = Instant.MAX;
  private Duration longestSilence = Duration.ZERO;

  public Reader(EngineDoor engine) {
    this.engine = engine;
    thread.setDaemon(true);
  }

  /** Starts to query. */
  public void start() {
    lastAnswer = Instant.now();
    thread.start();
  }

  /** How many queries every shard answered. */
  public synchronized long answered() {
    return answered;
  }

  /** The longest time without a whole answer. */
  public synchronized Duration longestSilence() {
    return longestSilence;
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void readOn() {
    while (!thread.isInterrupted()) {
      try {
        var answer = engine.get(QUERY);
        boolean whole =
            answer.ok()
                && answer.body().path("_shards").path("failed").asInt(1) == 0
                && !answer.body().path("timed_out").asBoolean();
        note(whole);
        Thread.sleep(BETWEEN_QUERIES.toMillis());
      } catch (IOException e) {
        log.debug("an unanswered query", e);
        note(false);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private synchronized void note(boolean whole) {
    var now = Instant.now();
    var silence = Duration.between(lastAnswer, now);
    if (silence.compareTo(longestSilence) > 0) {
      longestSilence = silence;
    }
    if (whole) {
      answered++;
      lastAnswer = now;
    }
  }
}
