package dev.caretaker.sandbox.scenario;

import java.io.IOException;
import java.util.List;

/** One cruelty with the one outcome that is right. */
interface HostileCase {

  /** What is done, for people. */
  String title();

  /**
   * Does it and looks at what follows.
   *
   * @return what was wrong; empty where the outcome was the expected one
   */
  List<String> play(Stage stage) throws IOException, InterruptedException;
}
