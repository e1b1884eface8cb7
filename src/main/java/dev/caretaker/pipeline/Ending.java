package dev.caretaker.pipeline;

import dev.caretaker.kernel.Observed;
import dev.caretaker.kernel.Reason;
import dev.caretaker.pipeline.action.PipelineAction;
import dev.caretaker.pipeline.action.PipelineAction.DeleteBucket;
import dev.caretaker.pipeline.action.PipelineAction.DeleteQueue;
import dev.caretaker.pipeline.guard.Situation;
import dev.caretaker.pipeline.model.BucketName;
import dev.caretaker.pipeline.model.BucketState;
import dev.caretaker.pipeline.model.QueueAttributes;
import dev.caretaker.pipeline.model.QueueName;
import dev.caretaker.pipeline.model.QueueView;
import dev.caretaker.pipeline.policy.PipelinePolicy.Deletion;
import java.time.Duration;
import java.util.Optional;

/**
 * The resource goes. By default all of it stays as it is, and the workers go on. With {@code
 * Delete} what is empty goes: the workers stop once the queue was empty for a while, and what holds
 * anything by then, or is not ours, stays.
 */
final class Ending {
  /** Counts of SQS are approximate; two minutes without a message are none. */
  private static final Duration EMPTY_FOR = Duration.ofMinutes(2);

  private static final int ATTEMPTS = 3;

  private final Course course;
  private final Situation situation;
  private final Remembering remembering;
  private final CrewCare crew;

  Ending(Course course, CrewCare crew) {
    this.course = course;
    this.situation = course.situation;
    this.remembering = course.remembering;
    this.crew = crew;
  }

  /** Goes one step on; true once nothing more will be done. */
  boolean done() {
    if (situation.policy().deletion() == Deletion.ORPHAN || isLate()) {
      return true;
    }
    var queue = situation.view().queue();
    if (queue.ifKnown().isEmpty()) {
      course.await(Sentences.unread("queue " + situation.policy().queue().name(), queue));
      return false;
    }
    boolean present = queue.ifKnown().get().isPresent();
    if (present && queue.ifKnown().get().get().backlog() > 0) {
      return abandon();
    }
    if (present && !isEmptyForLong()) {
      course.await(new Reason("Ending", "the queue is empty; it goes when it stays so"));
      return false;
    }
    if (present && !crew.holdAll(new Reason("Ending", "the queue is empty and goes"))) {
      return false;
    }
    return delete();
  }

  private boolean isLate() {
    return remembering
        .step
        .filter(step -> step.stage() == Stage.ENDING && step.isLate(situation.now()))
        .isPresent();
  }

  private boolean isEmptyForLong() {
    var since = remembering.emptySince.orElse(situation.now());
    remembering.emptySince = Optional.of(since);
    return !since.plus(EMPTY_FOR).isAfter(situation.now());
  }

  /** Messages came: somebody sends, so everything stays, and what we stopped works again. */
  private boolean abandon() {
    if (Parts.areInPlace(situation)) {
      crew.restore();
    }
    return course.actions().isEmpty();
  }

  private boolean delete() {
    var queue = situation.policy().queue();
    boolean gone = delete(queue.name(), situation.view().queue());
    var dead = queue.attributes().deadLetter().map(QueueAttributes.DeadLetter::queue);
    if (gone && dead.isPresent() && isAbsent(situation.view().queue())) {
      gone = delete(dead.get(), situation.view().deadLetter());
    }
    for (var bucket : situation.policy().buckets().keySet()) {
      gone &= delete(bucket);
    }
    return gone;
  }

  /** A queue that stays keeps the one to which its dead letters go. */
  private static boolean isAbsent(Observed<Optional<QueueView>> read) {
    return read.ifKnown().filter(Optional::isEmpty).isPresent();
  }

  /** A refusal is an answer: what holds anything, or is not ours, stays. */
  private boolean delete(QueueName name, Observed<Optional<QueueView>> read) {
    var action = new DeleteQueue(name);
    if (isAbsent(read)
        || read.ifKnown().flatMap(each -> each).filter(each -> each.backlog() > 0).isPresent()) {
      return true;
    }
    if (isRefused(action)) {
      return true;
    }
    course.ask(action, new Reason("DeletingQueue", "the queue " + name + " is empty and goes"));
    return false;
  }

  private boolean delete(BucketName bucket) {
    var action = new DeleteBucket(bucket);
    var state =
        situation.view().buckets().getOrDefault(bucket, Observed.unknown("nobody asked")).ifKnown();
    if (state.filter(each -> each != BucketState.USABLE).isPresent() || isRefused(action)) {
      return true;
    }
    course.ask(action, new Reason("DeletingBucket", "the bucket " + bucket + " goes if empty"));
    return false;
  }

  private boolean isRefused(PipelineAction action) {
    return course.failure(action).filter(each -> each.times() >= ATTEMPTS).isPresent();
  }
}
