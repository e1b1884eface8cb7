package dev.caretaker.sandbox.stand;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was started so far; closed once, newest first, whoever asks for it. */
final class Parts implements Closeable {

  private static final Logger log = LoggerFactory.getLogger(Parts.class);

  private final Deque<Closeable> parts = new ArrayDeque<>();
  private boolean closed;

  /**
   * Takes a part over.
   *
   * @throws IOException when everything is being closed; the part is closed then, too
   */
  void add(Closeable part) throws IOException {
    synchronized (this) {
      if (!closed) {
        parts.push(part);
        return;
      }
    }
    part.close();
    throw new IOException("the sandbox is ending");
  }

  synchronized boolean closed() {
    return closed;
  }

  @Override
  public synchronized void close() {
    closed = true;
    while (!parts.isEmpty()) {
      // One part that cannot be closed must not keep the others running.
      try {
        parts.pop().close();
      } catch (IOException | RuntimeException e) {
        log.warn("a part of the sandbox was not closed well", e);
      }
    }
  }
}
