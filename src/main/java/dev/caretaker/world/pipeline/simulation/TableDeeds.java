package dev.caretaker.world.pipeline.simulation;

import dev.caretaker.pipeline.action.PipelineAction;
import dev.caretaker.pipeline.model.Table;
import dev.caretaker.pipeline.model.TableName;
import dev.caretaker.world.pipeline.Engine;
import dev.caretaker.world.pipeline.Platform;
import dev.caretaker.world.pipeline.SimIndex;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Judges changes of tables. */
final class TableDeeds {
  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("uuuuMMdd_HHmmss");

  /** An alias that is switched late still gets documents for a while. */
  private static final Duration LATE = Duration.ofMinutes(40);

  private final Platform platform;
  private final Wishes wishes;
  private final Journal journal;
  private final Set<String> made = new HashSet<>();

  TableDeeds(Platform platform, Wishes wishes, Journal journal) {
    this.platform = platform;
    this.wishes = wishes;
    this.journal = journal;
  }

  void asked(PipelineAction.OnTable action) {
    if (action instanceof PipelineAction.PutTemplate put) {
      begins(put.table().alias(), action);
    } else if (action instanceof PipelineAction.CreateIndex create) {
      begins(create.table().alias(), action);
      created(create.table(), create.index());
    } else if (action instanceof PipelineAction.WriteTo write) {
      begins(write.alias(), action);
      written(write.alias(), write.index());
    } else if (action instanceof PipelineAction.DeleteIndex delete) {
      engine().index(delete.index()).ifPresent(index -> deleted(delete, index));
    }
  }

  private Engine engine() {
    return platform.engine();
  }

  /** Where a table begins, nothing of nearly its name is there. */
  private void begins(TableName alias, PipelineAction action) {
    if (engine().written(alias).isPresent()) {
      return;
    }
    engine().indices().stream()
        .filter(each -> each.name().startsWith(alias.value()) && !each.isNamed())
        .filter(each -> !made.contains(each.name()))
        .findFirst()
        .ifPresent(each -> journal.blame("TookLookAlike", action + " beside " + each.name()));
  }

  private void created(Table table, String index) {
    made.add(index);
    var template = engine().template(table.alias());
    var wanted = wishes.table(table.alias()).map(Engine::fingerprint);
    if (engine().index(index).isEmpty() && !template.equals(wanted)) {
      journal.blame("WrongMapping", index + " is made with the template " + template);
    }
  }

  private void written(TableName alias, String index) {
    var begin = begin(alias, index);
    if (engine().index(index).isEmpty() || begin.isEmpty()) {
      journal.blame("WritesNowhere", index + " is not there");
    } else if (begin.get().isAfter(now())) {
      journal.blame("WritesAhead", index + " begins later than " + now());
    }
    engine()
        .written(alias)
        .filter(each -> each.name().compareTo(index) > 0)
        .ifPresent(each -> journal.blame("WritesBack", "from " + each.name() + " to " + index));
  }

  private LocalDateTime now() {
    return LocalDateTime.ofInstant(platform.instant(), ZoneOffset.UTC);
  }

  private static Optional<LocalDateTime> begin(TableName alias, String index) {
    if (!index.startsWith(alias.value())) {
      return Optional.empty();
    }
    try {
      return Optional.of(LocalDateTime.parse(index.substring(alias.value().length()), STAMP));
    } catch (DateTimeParseException other) {
      return Optional.empty();
    }
  }

  private void deleted(PipelineAction.DeleteIndex delete, SimIndex index) {
    var table = wishes.table(delete.alias());
    if (!index.carries(delete.alias()) || begin(delete.alias(), index.name()).isEmpty()) {
      journal.blame("DeletedForeign", index.name() + " is no index of " + delete.alias());
    }
    if (!index.uuid().equals(delete.uuid())) {
      journal.blame("DeletedUnseen", index.name() + " is not " + delete.uuid());
    }
    if (index.isWritten()) {
      journal.blame("DeletedWritten", index.name() + " is written to");
    }
    if (!isOld(index, table)) {
      journal.blame("DeletedTooEarly", index.name() + " has documents of " + index.lastStoredAt());
    }
    boolean saved =
        index.snapshotAt().filter(each -> !each.isBefore(index.lastWrittenAt())).isPresent();
    if (table.flatMap(Table::snapshot).isPresent() && !saved) {
      journal.blame("DeletedUnsaved", index.name() + " is in no snapshot");
    }
  }

  /** Its period, and the time until the next one was made, are older than what is kept. */
  private boolean isOld(SimIndex index, Optional<Table> table) {
    var keep = table.flatMap(Table::keep);
    var alias = table.map(Table::alias);
    if (keep.isEmpty() || begin(alias.get(), index.name()).isEmpty()) {
      return false;
    }
    var end = begin(alias.get(), index.name()).get().plus(table.get().rollover());
    var next =
        engine().carrying(alias.get()).stream()
            .filter(each -> begin(alias.get(), each.name()).isPresent())
            .filter(each -> each.name().compareTo(index.name()) > 0)
            .findFirst();
    boolean made =
        next.filter(each -> each.createdAt().plus(keep.get()).isBefore(platform.instant()))
            .isPresent();
    boolean stored = index.lastStoredAt().plus(keep.get()).minus(LATE).isBefore(platform.instant());
    return made && stored && !end.plus(keep.get()).isAfter(now());
  }
}
