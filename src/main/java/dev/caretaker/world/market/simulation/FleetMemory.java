package dev.caretaker.world.market.simulation;

import dev.caretaker.fleet.FleetProgress;
import dev.caretaker.pass.FleetStore;
import dev.caretaker.pass.ProgressStore;

/** The status of the resource: it outlives a crash, and may be lost. */
final class FleetMemory implements FleetStore {
  private final Fate fate;
  private final Auditor auditor;
  private FleetProgress saved = FleetProgress.NONE;

  FleetMemory(Fate fate, Auditor auditor) {
    this.fate = fate;
    this.auditor = auditor;
  }

  FleetProgress saved() {
    return saved;
  }

  void lose() {
    saved = FleetProgress.NONE;
  }

  @Override
  public void save(FleetProgress progress) throws ProgressStore.StaleWriter {
    if (progress.equals(saved)) {
      return;
    }
    fate.mayDie();
    if (fate.strikes(fate.chances().lost() / 4)) {
      throw new ProgressStore.StaleWriter("the status was written by somebody else");
    }
    auditor.saves(saved, progress);
    saved = progress;
    fate.mayDie();
  }
}
