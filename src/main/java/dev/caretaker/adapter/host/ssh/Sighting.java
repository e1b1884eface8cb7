package dev.caretaker.adapter.host.ssh;

import java.util.Optional;

/** What a supervisor says of a program. */
sealed interface Sighting {

  /**
   * There is a process; it may still be starting, or be about to end.
   *
   * @param pid absent where the supervisor has to be asked for it
   */
  record Lives(Optional<Long> pid, boolean stopping) implements Sighting {}

  /** There is none, as somebody asked for; or it was never started. */
  record Stopped() implements Sighting {}

  /**
   * There is none, and nobody asked for that.
   *
   * @param how the supervisor's words
   */
  record Died(String how) implements Sighting {}
}
