package dev.caretaker.pipeline;

import dev.caretaker.pipeline.model.SourceObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How far a backfill is.
 *
 * @param range what it goes over; another range is another backfill
 * @param after the last object that was sent; empty: none yet
 * @param batch objects whose sending has no known outcome; they are sent again, unchanged
 * @param sent objects
 * @param sentAt when the last batch was sent
 * @param done nothing is left to send
 */
public record Cursor(
    String range,
    Optional<SourceObject> after,
    List<SourceObject> batch,
    long sent,
    Optional<Instant> sentAt,
    boolean done) {
  public Cursor {
    batch = List.copyOf(batch);
  }

  static Cursor begin(String range) {
    return new Cursor(range, Optional.empty(), List.of(), 0, Optional.empty(), false);
  }

  Cursor sending(List<SourceObject> next) {
    return new Cursor(range, after, next, sent, sentAt, false);
  }

  /** The whole batch was sent. */
  Cursor sent(Instant at) {
    return new Cursor(
        range,
        Optional.of(batch.get(batch.size() - 1)),
        List.of(),
        sent + batch.size(),
        Optional.of(at),
        false);
  }

  Cursor exhausted() {
    return new Cursor(range, after, List.of(), sent, sentAt, true);
  }
}
