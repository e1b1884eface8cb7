package dev.caretaker.sandbox.watch;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the engine and at the processes of its nodes several times a second and keeps what it
 * saw. It knows nothing of Caretaker but what Caretaker does.
 */
public final class Watcher implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Watcher.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(300);

  private final EngineDoor engine;
  private final Supplier<Map<String, Long>> pids;
  private final Redness redness = new Redness();
  private final Downtime downtime = new Downtime();
  private final Freezes freezes = new Freezes();
  private final Holds holds = new Holds();
  private final List<Runnable> freezeListeners = new CopyOnWriteArrayList<>();
  private final AtomicLong looks = new AtomicLong();
  private final Thread thread;
  private volatile Optional<Look> last = Optional.empty();
  private volatile Optional<Look> first = Optional.empty();

  /**
   * @param engine with a patience of a few seconds
   * @param pids of the running processes by node
   */
  public Watcher(EngineDoor engine, Supplier<Map<String, Long>> pids) {
    this.engine = engine;
    this.pids = pids;
    this.thread = new Thread(this::watch, "watcher");
    thread.setDaemon(true);
  }

  /** Starts to look. */
  public void start() {
    thread.start();
  }

  /** Calls at the first look of each freeze, in the watcher's thread: it must return at once. */
  public void onFreeze(Runnable listener) {
    freezeListeners.add(listener);
  }

  public Redness redness() {
    return redness;
  }

  public Downtime downtime() {
    return downtime;
  }

  public Freezes freezes() {
    return freezes;
  }

  public Holds holds() {
    return holds;
  }

  /** The first look at a cluster with a master: the baseline, before Caretaker came. */
  public Look first() {
    return first.orElseThrow(() -> new IllegalStateException("nothing was seen yet"));
  }

  /** The last look at a cluster with a master. */
  public Optional<Look> last() {
    return last;
  }

  /**
   * A look that began after the call.
   *
   * @throws IOException when there was none in time
   */
  public Look fresh(Duration patience) throws IOException, InterruptedException {
    var asked = Instant.now();
    // The look that is under way now may have read something older than the call.
    long wanted = looks.get() + 2;
    while (Instant.now().isBefore(asked.plus(patience))) {
      var look = last;
      if (looks.get() >= wanted && look.isPresent()) {
        return look.get();
      }
      Thread.sleep(BETWEEN_LOOKS.toMillis() / 3);
    }
    throw new IOException("saw no cluster with a master for " + patience.toSeconds() + " s");
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void watch() {
    while (!thread.isInterrupted()) {
      try {
        look();
        Thread.sleep(BETWEEN_LOOKS.toMillis());
      } catch (IOException e) {
        // A cluster between two masters has no routing table to judge.
        log.debug("no look", e);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void look() throws IOException, InterruptedException {
    var state = engine.get(Look.STATE);
    var settings = engine.get(Look.SETTINGS);
    var seen =
        state.ok() && settings.ok()
            ? Look.read(Instant.now(), state.body(), settings.body())
            : Optional.<Look>empty();
    if (seen.isEmpty()) {
      return;
    }
    var look = seen.get();
    first = first.isPresent() ? first : seen;
    redness.accept(look);
    holds.accept(first.get(), look);
    downtime.accept(look.members(), pids.get());
    if (freezes.accept(look)) {
      freezeListeners.forEach(Runnable::run);
    }
    last = seen;
    looks.incrementAndGet();
  }
}
