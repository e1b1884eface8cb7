package dev.caretaker.sandbox.keeper;

/** What became of a request to stop a program. */
public enum StopAnswer {
  /** The signal is sent; the status tells when the process is gone. */
  STOPPING,
  /** There was no process to stop. */
  NOT_RUNNING,
  /** Another incarnation runs than the one that was meant, so nothing was done. */
  OTHER_INCARNATION
}
