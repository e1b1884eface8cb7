package dev.caretaker.sandbox.market;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** An answer that is kept back: what was asked for is done, and who asked hears nothing. */
public final class HeldAnswer {
  /** Longer than a client waits. */
  private static final long LONGEST_SECONDS = 120;

  private final CountDownLatch done = new CountDownLatch(1);
  private final CountDownLatch dropped = new CountDownLatch(1);

  /** Returns when nobody waits for the answer any more. */
  void keep() {
    done.countDown();
    try {
      dropped.await(LONGEST_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until the request is carried out; false when it was not in time. */
  public boolean awaitDone(Duration patience) throws InterruptedException {
    return done.await(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Ends the connection without an answer. */
  public void drop() {
    dropped.countDown();
  }
}
