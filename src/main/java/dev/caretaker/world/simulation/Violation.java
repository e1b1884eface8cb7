package dev.caretaker.world.simulation;

import dev.caretaker.world.Harm;

/** Harm, with where it can be seen again. */
record Violation(long seed, long tick, Harm harm) {
  @Override
  public String toString() {
    return "seed=" + seed + " tick=" + tick + " " + harm.invariant() + ": " + harm.explanation();
  }
}
