package dev.caretaker.world.pipeline.simulation;

import dev.caretaker.pass.PipelineStore;
import dev.caretaker.pass.ProgressStore;
import dev.caretaker.pipeline.PipelineProgress;

/** The status of the resource: it outlives a crash, and may be lost. */
final class Memory implements PipelineStore {
  private final Dice dice;
  private PipelineProgress saved = PipelineProgress.NONE;

  Memory(Dice dice) {
    this.dice = dice;
  }

  PipelineProgress saved() {
    return saved;
  }

  void lose() {
    saved = PipelineProgress.NONE;
  }

  @Override
  public void save(PipelineProgress progress) throws ProgressStore.StaleWriter {
    if (progress.equals(saved)) {
      return;
    }
    dice.mayDie();
    if (dice.happens(dice.odds().lost() / 4)) {
      throw new ProgressStore.StaleWriter("the status was written by somebody else");
    }
    saved = progress;
    dice.mayDie();
  }
}
