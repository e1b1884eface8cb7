package dev.caretaker.sandbox.keeper;

import java.time.Instant;

/** What the keeper knows of a program's process. */
public sealed interface ProgramState {

  /** The word for it in the keeper's protocol. */
  String word();

  /** There is no process: it was never started. */
  record NeverStarted() implements ProgramState {
    @Override
    public String word() {
      return "STOPPED";
    }
  }

  /**
   * The process ended after the keeper was asked to stop it.
   *
   * @param exitCode 128 plus the signal's number where a signal ended it, so 143 after SIGTERM
   * @param at when the keeper noticed
   */
  record Stopped(int exitCode, Instant at) implements ProgramState {
    @Override
    public String word() {
      return "STOPPED";
    }
  }

  /** The process lives; it may have been asked to stop and not be gone yet. */
  record Running(long pid, Instant startedAt) implements ProgramState {
    @Override
    public String word() {
      return "RUNNING";
    }

    /** Names this incarnation: process ids are reused, a process id with its start time is not. */
    public String token() {
      return pid + "@" + startedAt.toEpochMilli();
    }
  }

  /**
   * The process ended and nobody had asked the keeper for it.
   *
   * @param exitCode 128 plus the signal's number where a signal ended it, so 137 after SIGKILL
   * @param at when the keeper noticed
   */
  record Exited(int exitCode, Instant at) implements ProgramState {
    @Override
    public String word() {
      return "EXITED";
    }
  }
}
