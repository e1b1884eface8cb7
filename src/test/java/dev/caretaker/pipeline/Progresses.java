package dev.caretaker.pipeline;

import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;

/** Memories that have lost a part. */
final class Progresses {
  private Progresses() {}

  static PipelineProgress introduced(PipelineProgress from, SortedSet<String> parts) {
    return new PipelineProgress(
        parts,
        from.step(),
        from.trial(),
        from.efforts(),
        from.sparedSince(),
        from.failures(),
        from.backfill(),
        from.flow(),
        from.emptySince(),
        from.quiet());
  }

  static PipelineProgress withoutTrial(PipelineProgress from) {
    return new PipelineProgress(
        from.introduced(),
        from.step(),
        Optional.empty(),
        new TreeMap<>(),
        from.sparedSince(),
        from.failures(),
        from.backfill(),
        from.flow(),
        from.emptySince(),
        from.quiet());
  }
}
