package dev.caretaker.sandbox.engine;

import dev.caretaker.sandbox.keeper.Keeper;
import dev.caretaker.sandbox.keeper.Programs;
import java.io.IOException;
import java.nio.file.Path;

/** Chooses who runs the nodes of a cluster. */
@FunctionalInterface
public interface Supervision {

  /**
   * Prepares it and starts nothing yet; closing it closes the keeper.
   *
   * @param keeper of which it may be a process itself
   * @param directory the keeper's, removed with the cluster's files
   */
  Programs of(Keeper keeper, Path directory) throws IOException, InterruptedException;
}
