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
 * coverage20261128_000000}. Periods are counted from 1970-01-01, and those of whole weeks from the
 * Monday after it, so that everybody who looks at a clock comes to the same name.
 */
public record IndexName(TableName alias, Instant begin) implements Comparable<IndexName> {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd_HHmmss").withResolverStyle(ResolverStyle.STRICT);

  private static final long WEEK = Duration.ofDays(7).toSeconds();

  /** From a Thursday, on which 1970 began. */
  private static final long TO_MONDAY = Duration.ofDays(4).toSeconds();

  /** The index of the period that holds this moment. */
  public static IndexName at(Table table, Instant moment) {
    long period = table.rollover().toSeconds();
    long from = period % WEEK == 0 ? TO_MONDAY : 0;
    long begun = Math.floorMod(moment.getEpochSecond() - from, period);
    return new IndexName(table.alias(), Instant.ofEpochSecond(moment.getEpochSecond() - begun));
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
