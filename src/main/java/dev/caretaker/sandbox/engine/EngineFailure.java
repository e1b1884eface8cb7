package dev.caretaker.sandbox.engine;

/** A cluster did not do what was waited for; the message holds the last lines of the log. */
public final class EngineFailure extends RuntimeException {

  private static final long serialVersionUID = 1;

  EngineFailure(String sentence) {
    super(sentence);
  }
}
