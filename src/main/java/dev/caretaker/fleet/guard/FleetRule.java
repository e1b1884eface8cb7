package dev.caretaker.fleet.guard;

/** One sentence that must hold before money or a machine goes. */
public interface FleetRule {

  /** As {@code simulate --break} and refusals name it. */
  default String name() {
    return getClass().getSimpleName();
  }
}
