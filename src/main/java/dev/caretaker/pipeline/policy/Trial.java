package dev.caretaker.pipeline.policy;

import dev.caretaker.pipeline.model.TableName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A trial run on one machine, before a new pipeline is let loose.
 *
 * @param command a shell's
 * @param tables in which it must have left its documents
 * @param within it has failed when it takes longer
 * @param restartedAt any new value asks for another run after one that failed
 */
public record Trial(
    String command, List<TableName> tables, Duration within, Optional<Instant> restartedAt) {
  public Trial {
    tables = List.copyOf(tables);
  }
}
