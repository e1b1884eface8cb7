package dev.caretaker.sandbox.keeper;

import java.io.IOException;
import java.util.List;

/** Programs on this machine with somebody who starts them and knows how they are. */
public interface Programs extends AutoCloseable {

  /** Takes a program into care, without starting it. */
  void add(ProgramSpec spec);

  /**
   * Kills a program for good, and knows it no more: its machine does not come back.
   *
   * @return the ids of the processes that it had
   */
  List<Long> remove(String name) throws IOException, InterruptedException;

  /** Words to put before a program's own, so that it ends with whom it should end with. */
  default List<String> leash() {
    return List.of();
  }

  /** Starts a program unless it runs. */
  void start(String name) throws IOException;

  ProgramState state(String name);

  /**
   * Kills a program with all that it started, as the loss of its machine would.
   *
   * @return the ids of the processes that it had
   */
  List<Long> kill(String name) throws IOException, InterruptedException;

  /** Freezes a program: it keeps its connections and answers nothing. */
  void pause(String name) throws IOException, InterruptedException;

  /** Lets a frozen program go on. */
  void resume(String name) throws IOException, InterruptedException;

  /** Stops all programs and kills those that do not obey. */
  @Override
  void close() throws IOException;
}
