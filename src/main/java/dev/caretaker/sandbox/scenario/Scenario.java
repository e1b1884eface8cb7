package dev.caretaker.sandbox.scenario;

import java.io.IOException;

/** A story that the sandbox plays and measures. */
public interface Scenario {

  /**
   * Plays it to its end or its deadline.
   *
   * @throws IOException when the sandbox itself broke; the scenario proves nothing then
   */
  Outcome play(Stage stage) throws IOException, InterruptedException;
}
