package dev.caretaker.pass;

import dev.caretaker.pipeline.PipelineProgress;

/** Where a pipeline's progress is kept; saving comes before acting. */
public interface PipelineStore {

  /**
   * Saves what was decided, or does nothing where it is what is saved already.
   *
   * @throws ProgressStore.StaleWriter where somebody else has written since it was read
   */
  void save(PipelineProgress progress) throws ProgressStore.StaleWriter;
}
