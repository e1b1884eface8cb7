package dev.caretaker.sandbox.load;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caretaker.sandbox.load.Bulk.Document;
import dev.caretaker.sandbox.watch.EngineDoor;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes new documents without end, into all indices, and notes what two copies acknowledged. */
public final class Writer implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Writer.class);
  private static final Duration BETWEEN_BULKS = Duration.ofMillis(100);
  private static final int DOCUMENTS = 10;

  private final EngineDoor engine;
  private final Indices indices;
  private final Ledger ledger;
  private final BooleanSupplier frozen;
  private final boolean typed;
  private final Thread thread = new Thread(this::writeOn, "writer");

  /** Not for secrets: equal runs may as well write equal texts. */
  private final Random random = new Random(42);

  private long written;

  /**
   * @param frozen whether the cluster is frozen now
   * @param typed whether the engine still wants a mapping type, as version 6 does
   */
  public Writer(
      EngineDoor engine, Indices indices, Ledger ledger, BooleanSupplier frozen, boolean typed) {
    this.engine = engine;
    this.indices = indices;
    this.ledger = ledger;
    this.frozen = frozen;
    this.typed = typed;
    thread.setDaemon(true);
  }

  /** Writes so many documents at once, and returns when they are stored; before {@link #start}. */
  public void load(int documents, int length) throws IOException, InterruptedException {
    for (int done = 0; done < documents; done += 500) {
      var bulk = batch(Math.min(500, documents - done), length);
      if (note(bulk, engine.once("POST", "/_bulk", bulk.body()).body(), false) == 0) {
        throw new IOException("a first batch of documents was acknowledged by no two copies");
      }
    }
  }

  /** Starts to write on and on. */
  public void start() {
    thread.start();
  }

  /** Stops, and returns when the last answer is noted. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(30).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void writeOn() {
    while (!thread.isInterrupted()) {
      boolean before = frozen.getAsBoolean();
      var bulk = batch(DOCUMENTS, 100);
      try {
        var answer = engine.once("POST", "/_bulk?timeout=5s", bulk.body());
        note(bulk, answer.body(), before && frozen.getAsBoolean());
        Thread.sleep(BETWEEN_BULKS.toMillis());
      } catch (IOException e) {
        // Nobody acknowledged it: it may be stored or not, and nobody relies on it.
        log.debug("an unanswered batch", e);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private Bulk batch(int documents, int length) {
    var names = indices.names();
    var bulk = new Bulk(typed);
    for (int place = 0; place < documents; place++) {
      // Half of all goes to the newest index, as it is where days have indices.
      boolean newest = random.nextBoolean();
      var index = names.get(newest ? names.size() - 1 : random.nextInt(names.size()));
      bulk.add(new Document(index, "d" + written++, text(length)));
    }
    return bulk;
  }

  private int note(Bulk bulk, JsonNode answer, boolean whileFrozen) {
    var taken = bulk.acknowledged(answer);
    taken.forEach(
        document ->
            ledger.acknowledge(document.index(), document.id(), document.text(), whileFrozen));
    return taken.size();
  }

  private String text(int length) {
    var text = new StringBuilder(length);
    while (text.length() < length) {
      text.append(Long.toString(random.nextLong(), 36)).append(' ');
    }
    return text.toString();
  }
}
