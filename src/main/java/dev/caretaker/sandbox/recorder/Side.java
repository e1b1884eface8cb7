package dev.caretaker.sandbox.recorder;

/** Whom the operator talks to. */
public enum Side {
  ENGINE,
  HOST,
  KUBERNETES
}
