package dev.caretaker.sandbox.watch;

/** Counts how often the engine was told to leave replicas unassigned. */
public final class Freezes {

  private boolean frozen;
  private int count;

  /** Takes in one look; true when a freeze has just begun. */
  synchronized boolean accept(Look look) {
    boolean begins = look.frozen() && !frozen;
    frozen = look.frozen();
    if (begins) {
      count++;
    }
    return begins;
  }

  public synchronized boolean frozen() {
    return frozen;
  }

  public synchronized int count() {
    return count;
  }
}
