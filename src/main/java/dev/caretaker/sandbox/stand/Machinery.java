package dev.caretaker.sandbox.stand;

import java.io.IOException;

/** What becomes of machines that were made from one launch template. */
interface Machinery {

  /** A machine has booted. */
  void boot(String machine) throws IOException;

  /** A machine has ended, with all that runs and is stored there. */
  void lose(String machine) throws IOException, InterruptedException;

  /** Whether a process of a machine's own runs. */
  boolean runs(String machine);
}
