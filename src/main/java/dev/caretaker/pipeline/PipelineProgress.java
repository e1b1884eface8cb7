package dev.caretaker.pipeline;

import dev.caretaker.pipeline.demand.FlowMemory;
import dev.caretaker.pipeline.model.Backfill;
import dev.caretaker.pipeline.model.SourceObject;
import dev.caretaker.pipeline.model.WorkerId;
import dev.caretaker.pipeline.table.Quiet;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is remembered between two passes. Losing it may cost time, never a message: a pipeline whose
 * parts are all in place and whose workers work is taken for introduced.
 *
 * @param introduced the queues, buckets and tables that the workers were let loose on, each as
 *     {@code table coverage}; empty: nothing was, or nobody remembers
 * @param trial the last one
 * @param efforts machines that are being brought to a revision, or could not be; of those that are
 *     gone the latter only, for a day
 * @param sparedSince since when a machine has other code and is too busy to be updated
 * @param failures actions that failed and are still wanted, by what they change
 * @param flow how the queue flowed
 * @param emptySince since when the queue of a resource that goes is seen empty
 * @param quiet since when nothing is written to an index that needs a snapshot, by uuid
 */
public record PipelineProgress(
    SortedSet<String> introduced,
    Optional<Step> step,
    Optional<TrialRun> trial,
    SortedMap<WorkerId, Effort> efforts,
    SortedMap<WorkerId, Instant> sparedSince,
    SortedMap<String, Failure> failures,
    Optional<Cursor> backfill,
    FlowMemory flow,
    Optional<Instant> emptySince,
    SortedMap<String, Quiet> quiet) {
  public static final PipelineProgress NONE =
      new PipelineProgress(
          new TreeSet<>(),
          Optional.empty(),
          Optional.empty(),
          new TreeMap<>(),
          new TreeMap<>(),
          new TreeMap<>(),
          Optional.empty(),
          FlowMemory.NONE,
          Optional.empty(),
          new TreeMap<>());

  public PipelineProgress {
    introduced = Collections.unmodifiableSortedSet(new TreeSet<>(introduced));
    efforts = Collections.unmodifiableSortedMap(new TreeMap<>(efforts));
    sparedSince = Collections.unmodifiableSortedMap(new TreeMap<>(sparedSince));
    failures = Collections.unmodifiableSortedMap(new TreeMap<>(failures));
    quiet = Collections.unmodifiableSortedMap(new TreeMap<>(quiet));
  }

  /** Whether all of this backfill was sent. */
  public boolean isDone(Backfill wanted) {
    return backfill.filter(each -> each.range().equals(wanted.range()) && each.done()).isPresent();
  }

  /** The last object of this backfill that was sent; its source is read from there. */
  public Optional<SourceObject> sentOf(Backfill wanted) {
    return backfill.filter(each -> each.range().equals(wanted.range())).flatMap(Cursor::after);
  }
}
