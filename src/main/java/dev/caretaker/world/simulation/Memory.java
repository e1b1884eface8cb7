package dev.caretaker.world.simulation;

import dev.caretaker.elastic.EsProgress;
import dev.caretaker.pass.ProgressStore;
import java.util.function.Consumer;

/** The status of the resource: it outlives a crash, and may be lost. */
final class Memory implements ProgressStore {
  private final Effects effects;
  private final Consumer<EsProgress> onSave;
  private EsProgress saved = EsProgress.NONE;

  Memory(Effects effects, Consumer<EsProgress> onSave) {
    this.effects = effects;
    this.onSave = onSave;
  }

  EsProgress saved() {
    return saved;
  }

  void lose() {
    saved = EsProgress.NONE;
  }

  @Override
  public void save(EsProgress progress) throws StaleWriter {
    if (progress.equals(saved)) {
      return;
    }
    effects.mayCrash();
    if (effects.happens(effects.mix().lost() / 4)) {
      throw new StaleWriter("the status was written by somebody else", new IllegalStateException());
    }
    saved = progress;
    onSave.accept(progress);
    effects.mayCrash();
  }
}
