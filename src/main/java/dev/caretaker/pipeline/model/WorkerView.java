package dev.caretaker.pipeline.model;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a machine says of the pipeline's program.
 *
 * @param incarnation tells this run of the program from an earlier one; empty while none runs
 * @param startedAt of the program; empty while none runs
 * @param revision of the code on the machine's disk; empty: there is none
 * @param started revision that was on the disk when the program started; empty: nobody knows
 * @param cpu part of the machine's processors that is busy, from 0 to 1; empty: nobody knows
 * @param diskUsed part of the disk of the code that is used, from 0 to 1; empty: nobody knows
 * @param job the last one; empty: there was none
 */
public record WorkerView(
    State state,
    Optional<String> incarnation,
    Optional<Instant> startedAt,
    Optional<Revision> revision,
    Optional<Revision> started,
    OptionalDouble cpu,
    OptionalDouble diskUsed,
    Optional<JobView> job) {

  /** Of the program, which may be several processes. */
  public enum State {
    RUNNING,
    STOPPED,
    /** It ended by itself, or its supervisor gave up. */
    FAILED
  }
}
