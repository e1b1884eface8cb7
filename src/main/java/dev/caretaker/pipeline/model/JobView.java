package dev.caretaker.pipeline.model;

import java.util.OptionalInt;

/**
 * The last job on a worker: a trial run or an update of the code. Jobs go on when the operator
 * dies.
 *
 * @param id as it was given with the action
 * @param exitCode empty while it runs
 * @param output the end of what it printed
 */
public record JobView(String id, OptionalInt exitCode, String output) {
  public boolean isRunning() {
    return exitCode.isEmpty();
  }

  public boolean succeeded() {
    return exitCode.isPresent() && exitCode.getAsInt() == 0;
  }
}
