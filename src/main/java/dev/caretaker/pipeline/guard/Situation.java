package dev.caretaker.pipeline.guard;

import dev.caretaker.kernel.Observed;
import dev.caretaker.pipeline.crew.Crew;
import dev.caretaker.pipeline.model.IndexView;
import dev.caretaker.pipeline.model.PipelineView;
import dev.caretaker.pipeline.model.Table;
import dev.caretaker.pipeline.model.TableName;
import dev.caretaker.pipeline.model.WorkerId;
import dev.caretaker.pipeline.policy.PipelinePolicy;
import dev.caretaker.pipeline.table.Quiet;
import dev.caretaker.pipeline.table.Shelf;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * What all questions of one decision share.
 *
 * @param sparedSince since when a busy machine was left alone; patience, not safety
 * @param begun machines on which an update was begun, as far as is remembered, and was not seen to
 *     end: what the view may not show yet, or any more
 * @param quiet since when nothing is written to an index, by uuid; of no worth where the view
 *     counts other writes
 */
public record Situation(
    PipelinePolicy policy,
    PipelineView view,
    Crew crew,
    SortedMap<WorkerId, Instant> sparedSince,
    Set<WorkerId> begun,
    SortedMap<String, Quiet> quiet,
    Instant now) {

  /** The declared table of this alias, where it could be read. */
  public Optional<Shelf> shelf(TableName alias) {
    return policy.tables().stream()
        .filter(each -> each.alias().equals(alias))
        .findFirst()
        .flatMap(this::shelf);
  }

  /**
   * The latest that an index can have been written to, by our clock. Unknown where it cannot be
   * counted, or is none that was watched.
   */
  public Observed<Instant> lastWrite(IndexView index) {
    if (index.writes() instanceof Observed.Unknown<Long> unknown) {
      return Observed.unknown(unknown.cause());
    }
    return Optional.ofNullable(quiet.get(index.uuid()))
        .filter(seen -> index.writes().equals(Observed.known(seen.writes())))
        .map(seen -> Observed.known(seen.since()))
        .orElseGet(() -> Observed.unknown("it is not watched yet"));
  }

  /** The indices of a table, where they could be read. */
  public Optional<Shelf> shelf(Table table) {
    return Optional.ofNullable(view.tables().get(table.alias()))
        .flatMap(Observed::ifKnown)
        .map(
            seen ->
                new Shelf(
                    table, seen, Optional.ofNullable(view.templates().get(table.alias())), now));
  }
}
