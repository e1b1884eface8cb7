package dev.caretaker.pass;

import dev.caretaker.fleet.FleetProgress;

/** Where a fleet's progress is kept; saving comes before acting. */
public interface FleetStore {

  /**
   * Saves what was decided, or does nothing where it is what is saved already.
   *
   * @throws ProgressStore.StaleWriter where somebody else has written since it was read
   */
  void save(FleetProgress progress) throws ProgressStore.StaleWriter;
}
