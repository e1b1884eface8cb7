package dev.caretaker.pipeline;

import dev.caretaker.pipeline.model.Revision;
import java.time.Instant;
import java.util.Optional;

/**
 * What was tried to bring a machine to a revision.
 *
 * @param attempt counted from 1
 * @param since when this attempt began
 * @param failure why it failed, with the end of its output; empty: it did not, or not yet
 */
public record Effort(Revision revision, int attempt, Instant since, Optional<String> failure) {
  /** The job of this attempt. */
  public String job() {
    return "update-" + revision + "-" + attempt;
  }

  Effort failed(String why, Instant at) {
    return new Effort(revision, attempt, at, Optional.of(why));
  }

  Effort again(Instant at) {
    return new Effort(revision, attempt + 1, at, Optional.empty());
  }
}
