package dev.caretaker.contract;

import dev.caretaker.pipeline.model.Table;
import dev.caretaker.pipeline.model.TableName;
import dev.caretaker.pipeline.model.TableView;
import dev.caretaker.port.TablePort;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A cluster to try a contract on: healthy, and without indices, templates and repositories. */
interface TableGround extends AutoCloseable {
  TableName COVERAGE = new TableName("coverage");

  /** The field of a document that holds its time. */
  String TIME = "at";

  String REPOSITORY = "attic";

  TablePort port();

  /** A mapping that is taken. */
  default String mapping() {
    return "{\"properties\":{\"at\":{\"type\":\"date\"},\"file\":{\"type\":\"keyword\"}}}";
  }

  /** A mapping that is refused, in words that contain {@code no_such_type}. */
  default String refusedMapping() {
    return "{\"properties\":{\"at\":{\"type\":\"no_such_type\"}}}";
  }

  /** An index as some program makes it. */
  void createIndex(String name);

  /** The alias as somebody adds it by hand, with no word about writing. */
  void addAlias(String index, TableName alias);

  /** A document, to be found at once. */
  void store(String indexOrAlias, Instant at);

  /** Somebody deletes it by hand. */
  void deleteIndex(String name);

  /** A snapshot of everything in {@link #REPOSITORY}, which is made where it is not there. */
  void snapshot();

  @Override
  void close();

  default Table table() {
    return table(COVERAGE, Optional.empty());
  }

  default Table table(TableName alias, Optional<String> snapshot) {
    return new Table(
        alias, Duration.ofDays(1), Optional.of(Duration.ofDays(14)), 1, 1, mapping(), snapshot);
  }

  default TableView view() {
    return view(table(), Optional.empty());
  }

  default TableView view(Table table, Optional<String> timeField) {
    var read = port().read(table, timeField);
    return read.ifKnown().orElseThrow(() -> new AssertionError("unknown: " + read));
  }
}
