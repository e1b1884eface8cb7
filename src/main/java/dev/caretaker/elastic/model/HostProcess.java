package dev.caretaker.elastic.model;

import dev.caretaker.kernel.Bytes;
import java.time.Instant;
import java.util.Optional;

/**
 * The process of a node as its machine's supervisor sees it.
 *
 * @param incarnation pid and start, as the host writes them; present exactly when running
 * @param startedAt by the host's clock
 */
public record HostProcess(
    State state,
    Optional<String> incarnation,
    Optional<Instant> startedAt,
    Optional<Bytes> diskTotal,
    Optional<Bytes> diskFree) {

  /** Whether it runs, was stopped by request, or died without being asked. */
  public enum State {
    RUNNING,
    STOPPED,
    DIED
  }

  public boolean running() {
    return state == State.RUNNING;
  }
}
