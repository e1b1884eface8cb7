package dev.caretaker.sandbox.recorder;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All effects of one run, in order. While a crash is set, effects happen one at a time, and the
 * operator is crashed once for each: in turns before and after it sees the answer.
 */
public final class Journal {

  private static final Logger log = LoggerFactory.getLogger(Journal.class);

  /** Kills the operator and starts it again; returns when the old process is gone. */
  @FunctionalInterface
  public interface Crash {
    void happen() throws InterruptedException;
  }

  /** What stands between the operator and the other side does for one request. */
  public interface Exchange {
    /** Asks the other side; returns whether it did what it was asked. */
    boolean perform();

    /** Gives the operator the answer. */
    void answer();

    /** Lets the operator see a connection that ends without an answer. */
    void drop();
  }

  private final List<Effect> effects = new CopyOnWriteArrayList<>();
  private final List<Consumer<Effect>> listeners = new CopyOnWriteArrayList<>();
  private final AtomicLong generation = new AtomicLong();
  private final AtomicLong crashes = new AtomicLong();
  private final ReentrantLock oneAtATime = new ReentrantLock(true);
  private volatile int armedAt;
  private volatile int disarmedAt;
  private volatile Optional<Crash> crash = Optional.empty();

  /** Everything so far. */
  public List<Effect> effects() {
    return List.copyOf(effects);
  }

  /** How many effects there were while each was to be followed by a crash. */
  public int effectsOfCrashes() {
    return (crash.isPresent() ? effects.size() : disarmedAt) - armedAt;
  }

  /** How often the operator was crashed because of an effect. */
  public long crashes() {
    return crashes.get();
  }

  /** Calls for every effect, before the operator sees its answer. */
  public void onEffect(Consumer<Effect> listener) {
    listeners.add(listener);
  }

  /** From now on every effect is followed by this crash. */
  public void crashAfterEach(Crash every) {
    armedAt = effects.size();
    crash = Optional.of(every);
  }

  /** From now on effects are only counted. */
  public void crashNoMore() {
    // Not before the lock: an effect whose crash is still to come would go without it.
    oneAtATime.lock();
    try {
      crash = Optional.empty();
      disarmedAt = effects.size();
    } finally {
      oneAtATime.unlock();
    }
  }

  /** The operator's process was replaced: what the old one still had under way is dropped. */
  public void newGeneration() {
    generation.incrementAndGet();
  }

  /** Which of the operator's processes lives now. */
  public long generation() {
    return generation.get();
  }

  /** Carries out one request for a change that arrived under the given generation. */
  public void change(
      long arrivedUnder, Side side, String method, String path, String body, Exchange exchange) {
    if (crash.isEmpty()) {
      if (exchange.perform()) {
        note(side, method, path, body);
      }
      exchange.answer();
      return;
    }
    oneAtATime.lock();
    try {
      if (arrivedUnder != generation.get()) {
        exchange.drop();
        return;
      }
      if (!exchange.perform()) {
        exchange.answer();
        return;
      }
      crashAround(note(side, method, path, body), exchange);
    } finally {
      oneAtATime.unlock();
    }
  }

  private void crashAround(Effect effect, Exchange exchange) {
    boolean unanswered = effect.number() % 2 == 1;
    if (!unanswered) {
      exchange.answer();
    }
    try {
      if (crash.isPresent()) {
        crash.get().happen();
        crashes.incrementAndGet();
      }
    } catch (InterruptedException e) {
      log.info("interrupted in the crash after {}", effect.line());
      Thread.currentThread().interrupt();
    }
    if (unanswered) {
      exchange.drop();
    }
  }

  private synchronized Effect note(Side side, String method, String path, String body) {
    var effect = new Effect(effects.size() + 1, Instant.now(), side, method, path, body);
    effects.add(effect);
    listeners.forEach(listener -> listener.accept(effect));
    return effect;
  }
}
