package dev.caretaker.adapter.host.ssh;

/** What became of a command that was sent. */
sealed interface Outcome {

  /** It ended, and this is all it said. */
  record Answered(Answer answer) implements Outcome {}

  /**
   * Nobody knows how it ended, or whether.
   *
   * @param why with the machine's name
   */
  record Unanswered(String why) implements Outcome {}
}
