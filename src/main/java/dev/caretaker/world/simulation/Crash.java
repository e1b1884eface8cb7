package dev.caretaker.world.simulation;

/** The operator's process ended here; whatever it held in memory is gone. */
final class Crash extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Crash() {
    super("the operator crashed", null, false, false);
  }
}
