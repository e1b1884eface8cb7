package dev.caretaker.pipeline;

import dev.caretaker.kernel.Reason;
import dev.caretaker.pipeline.action.PipelineAction.SendObjects;
import dev.caretaker.pipeline.guard.Situation;
import dev.caretaker.pipeline.model.Backfill;
import dev.caretaker.pipeline.model.SourceObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Asks the workers to work on objects once more, batch by batch. A batch is remembered before it is
 * sent, and sent again unchanged until it is known to be sent: workers derive ids, so that twice
 * does no harm and never would.
 */
final class Backfilling {
  /** SQS counts are right about a minute after traffic stops. */
  private static final Duration COUNTED_AFTER = Duration.ofMinutes(1);

  /**
   * Letters of a batch, as it is remembered: a resource of more than a million and a half bytes is
   * stored by no API server, and keys are up to a thousand bytes long.
   */
  private static final int LONGEST_BATCH = 400_000;

  /** What an object takes besides its key, roughly: its time, and the names of both. */
  private static final int BESIDE_KEY = 60;

  private final Course course;
  private final Situation situation;
  private final Remembering remembering;

  Backfilling(Course course) {
    this.course = course;
    this.situation = course.situation;
    this.remembering = course.remembering;
  }

  /** Drops what is remembered of a backfill that nobody wants any more. */
  static void keep(Situation situation, Remembering remembering) {
    var range = situation.policy().backfill().map(Backfill::range);
    remembering.backfill =
        remembering.backfill.filter(each -> range.equals(Optional.of(each.range())));
  }

  /** The next batch, once the queue was counted after the last one. */
  void go() {
    situation.policy().backfill().ifPresent(this::go);
  }

  private void go(Backfill wanted) {
    var cursor = remembering.backfill.orElse(Cursor.begin(wanted.range()));
    remembering.backfill = Optional.of(cursor);
    if (cursor.done() || remembering.cursorMoved || !isCounted(cursor)) {
      return;
    }
    if (!cursor.batch().isEmpty()) {
      send(wanted, cursor.batch());
      return;
    }
    var source = situation.view().source();
    if (source.ifKnown().isEmpty()) {
      course.await(Sentences.unread("bucket " + wanted.bucket(), source));
      return;
    }
    var next = source.ifKnown().get();
    if (next.isEmpty()) {
      remembering.backfill = Optional.of(cursor.exhausted());
      return;
    }
    var batch = batch(next, wanted.limit());
    if (send(wanted, batch)) {
      remembering.backfill = Optional.of(cursor.sending(batch));
    }
  }

  /** The first of them: at most so many, at least one, and no more than can be remembered. */
  private static List<SourceObject> batch(List<SourceObject> next, int limit) {
    int letters = 0;
    int end = 0;
    while (end < Math.min(limit, next.size())) {
      letters += next.get(end).key().length() + BESIDE_KEY;
      if (end > 0 && letters > LONGEST_BATCH) {
        break;
      }
      end++;
    }
    return next.subList(0, end);
  }

  private boolean isCounted(Cursor cursor) {
    var readAt = situation.view().readAt();
    return cursor.sentAt().filter(at -> at.plus(COUNTED_AFTER).isAfter(readAt)).isEmpty();
  }

  private boolean send(Backfill wanted, List<SourceObject> batch) {
    var queue = situation.policy().queue().name();
    return course.offer(
        new SendObjects(queue, wanted.bucket(), batch),
        new Reason(
            "Backfilling", batch.size() + " objects of " + wanted.bucket() + " are asked for"));
  }
}
