package dev.caretaker.sandbox.load;

import dev.caretaker.sandbox.watch.EngineDoor;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everybody who uses a sandbox cluster while it is cared for. */
public final class Users implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Users.class);
  private static final int DOCUMENTS = 4_000;

  /** Long enough that moving a shard takes a moment. */
  private static final int CHARACTERS = 2_000;

  private final EngineDoor engine;
  private final boolean typed;
  private final Indices indices;
  private final Ledger ledger = new Ledger();
  private final Writer writer;
  private final Reader reader;
  private final ExecutorService roller = Executors.newSingleThreadExecutor(Users::daemon);
  private final AtomicInteger rolled = new AtomicInteger();
  private boolean working;

  /**
   * @param frozen whether the cluster is frozen now
   * @param typed whether the engine still wants a mapping type, as version 6 does
   */
  public Users(EngineDoor engine, BooleanSupplier frozen, boolean typed) {
    this.engine = engine;
    this.typed = typed;
    this.indices = new Indices(engine);
    this.writer = new Writer(engine, indices, ledger, frozen, typed);
    this.reader = new Reader(engine);
  }

  /** Creates the first indices and loads them; every shard has two copies, as cheap clusters do. */
  public void moveIn() throws IOException, InterruptedException {
    indices.create("repo", 1, 2);
    indices.create("saved_queries", 1, 2);
    indices.create("coverage", 4, 2);
    indices.create("unittest", 3, 2);
    engine.get(
        "/_cluster/health?wait_for_status=green&timeout=60s&wait_for_no_initializing_shards");
    writer.load(DOCUMENTS, CHARACTERS);
  }

  /** Starts to write and to read. */
  public void startWork() {
    working = true;
    writer.start();
    reader.start();
  }

  /** Creates the next day's index, later, in a thread of its own. */
  public void rollOver() {
    roller.execute(
        () -> {
          try {
            indices.roll();
            rolled.incrementAndGet();
          } catch (IOException e) {
            log.warn("the daily rollover failed", e);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  /** How many indices were added and acknowledged. */
  public int rolled() {
    return rolled.get();
  }

  public Indices indices() {
    return indices;
  }

  public Ledger ledger() {
    return ledger;
  }

  public Reader reader() {
    return reader;
  }

  /** Stops to write and compares everything that was acknowledged; returns how much is lost. */
  public int countLost() throws IOException, InterruptedException {
    close();
    var lost = new Comparison(engine, typed).lost(ledger);
    if (!lost.isEmpty()) {
      log.error("lost: {}", lost.subList(0, Math.min(20, lost.size())));
    }
    return lost.size();
  }

  @Override
  public void close() {
    roller.shutdown();
    if (working) {
      writer.close();
      reader.close();
    }
  }

  private static Thread daemon(Runnable work) {
    var thread = new Thread(work, "rollover");
    thread.setDaemon(true);
    return thread;
  }
}
