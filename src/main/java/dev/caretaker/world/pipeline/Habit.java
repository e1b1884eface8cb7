package dev.caretaker.world.pipeline;

import dev.caretaker.pipeline.model.QueueName;
import dev.caretaker.pipeline.model.Revision;
import dev.caretaker.pipeline.model.TableName;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * How the programs of a pipeline work.
 *
 * @param perUtilityHour messages that a utility works on in an hour
 * @param sentOn one of so many messages makes another one; zero: none does
 * @param unworkable one of so many messages can never be worked on; zero: all can
 * @param queue that they read
 * @param knows tables that a revision of their code writes to
 */
public record Habit(
    double perUtilityHour,
    int sentOn,
    int unworkable,
    QueueName queue,
    Function<Revision, List<TableName>> knows) {
  /** The tables that this code writes to. */
  List<TableName> tables(Optional<Revision> code) {
    return code.map(knows).orElse(List.of());
  }

  /** Whether no program can work on the message of this document. */
  public boolean isUnworkable(String document) {
    return unworkable > 0 && document.hashCode() % unworkable == 0;
  }

  boolean isSentOn(String document) {
    return sentOn > 0 && !document.endsWith("+") && document.hashCode() % sentOn == 0;
  }
}
