package dev.caretaker.pipeline;

import dev.caretaker.pipeline.model.Revision;
import java.time.Instant;
import java.util.Optional;

/**
 * What was tried to bring a machine to a revision.
 *
 * @param attempt counted from 1
 * @param since when this attempt began, or failed
 * @param failure why it failed, with the end of its output; empty: it did not, or not yet
 */
public record Effort(Revision revision, int attempt, Instant since, Optional<String> failure) {
  /** The first attempt, or the one that the last job of the machine belongs to. */
  static Effort after(Optional<String> job, Revision revision, Instant now) {
    var before = prefix(revision);
    int attempt =
        job.filter(id -> id.startsWith(before))
            .map(id -> id.substring(before.length()))
            .filter(number -> number.matches("[1-9]\\d{0,5}"))
            .map(Integer::parseInt)
            .orElse(1);
    return new Effort(revision, attempt, now, Optional.empty());
  }

  private static String prefix(Revision revision) {
    return "update-" + revision + "-";
  }

  /** The job of this attempt. */
  public String job() {
    return prefix(revision) + attempt;
  }

  Effort failed(String why, Instant at) {
    return new Effort(revision, attempt, at, Optional.of(why));
  }

  /** Its job does not end, so that no other attempt can be made. */
  Effort hangs(int attempts, Instant at) {
    return new Effort(
        revision, attempts, at, Optional.of("a job has run there since " + since + " and hangs"));
  }

  Effort again(Instant at) {
    return new Effort(revision, attempt + 1, at, Optional.empty());
  }
}
