package dev.caretaker.pipeline.table;

import dev.caretaker.pipeline.model.Table;
import dev.caretaker.pipeline.model.TableName;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.Optional;

/**
 * The name of an index of a table: the alias, and when its period begins, in UTC, such as {@code
 * coverage20261128_000000}. Periods are counted from 1970-01-01, so that everybody who looks at a
 * clock comes to the same name.
 */
public record IndexName(TableName alias, Instant begin) implements Comparable<IndexName> {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd_HHmmss").withResolverStyle(ResolverStyle.STRICT);

  /** The index of the period that holds this moment. */
  public static IndexName at(Table table, Instant moment) {
    long period = table.rollover().toSeconds();
    long begin = Math.floorDiv(moment.getEpochSecond(), period) * period;
    return new IndexName(table.alias(), Instant.ofEpochSecond(begin));
  }

  /** Empty where no index of the table would be named so. */
  public static Optional<IndexName> read(TableName alias, String name) {
    if (!name.startsWith(alias.value())) {
      return Optional.empty();
    }
    try {
      var begin = LocalDateTime.parse(name.substring(alias.value().length()), STAMP);
      return Optional.of(new IndexName(alias, begin.toInstant(ZoneOffset.UTC)));
    } catch (DateTimeParseException other) {
      return Optional.empty();
    }
  }

  public IndexName after(Duration period) {
    return new IndexName(alias, begin.plus(period));
  }

  @Override
  public int compareTo(IndexName other) {
    int byAlias = alias.compareTo(other.alias);
    return byAlias != 0 ? byAlias : begin.compareTo(other.begin);
  }

  @Override
  public String toString() {
    return alias + STAMP.format(begin.atOffset(ZoneOffset.UTC));
  }
}
