package dev.caretaker.pass;

import dev.caretaker.elastic.EsProgress;

/** Where progress is kept; saving comes before acting. */
public interface ProgressStore {

  /**
   * Saves what was decided, or does nothing where it is what is saved already.
   *
   * @throws StaleWriter where somebody else has written since the progress was read
   */
  void save(EsProgress progress) throws StaleWriter;

  /** Somebody else, a new leader for one, has written since; this pass must not act. */
  final class StaleWriter extends Exception {
    private static final long serialVersionUID = 1L;

    public StaleWriter(String what) {
      super(what);
    }

    public StaleWriter(String what, Throwable cause) {
      super(what, cause);
    }
  }
}
