package dev.caretaker.world.pipeline.simulation;

/** The operator's process ended here; whatever it held in memory is gone. */
final class OperatorDied extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OperatorDied() {
    super("the operator died", null, false, false);
  }
}
