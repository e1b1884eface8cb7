package dev.caretaker.pipeline;

import dev.caretaker.kernel.Observed;
import dev.caretaker.kernel.Reason;
import dev.caretaker.pipeline.action.PipelineAction.CreateBucket;
import dev.caretaker.pipeline.action.PipelineAction.CreateQueue;
import dev.caretaker.pipeline.guard.Situation;
import dev.caretaker.pipeline.model.BucketName;
import dev.caretaker.pipeline.model.QueueAttributes;
import dev.caretaker.pipeline.model.QueueName;
import dev.caretaker.pipeline.model.QueueView;
import java.time.Duration;
import java.util.Optional;

/** Queues and buckets: made where the spec says so, else found; never changed. */
final class Ensuring {
  /** The longest that SQS keeps a message: what nobody could work on shall wait for a person. */
  private static final Duration LONGEST_RETENTION = Duration.ofDays(14);

  private final Course course;
  private final Situation situation;

  Ensuring(Course course) {
    this.course = course;
    this.situation = course.situation;
  }

  /** Asks for what is missing; true once everything is there and can be used. */
  boolean done() {
    boolean queues = queues();
    boolean buckets = true;
    for (var bucket : situation.policy().buckets().keySet()) {
      buckets &= isUsable(bucket);
    }
    return queues && buckets && marginFits();
  }

  /** The dead-letter queue comes first: the other one names it. */
  private boolean queues() {
    var queue = situation.policy().queue();
    var dead = queue.attributes().deadLetter();
    if (dead.isPresent()) {
      var attributes =
          new QueueAttributes(LONGEST_RETENTION, queue.attributes().visibility(), Optional.empty());
      if (!isThere(dead.get().queue(), attributes, situation.view().deadLetter())) {
        return false;
      }
    }
    return isThere(queue.name(), queue.attributes(), situation.view().queue());
  }

  private boolean isThere(
      QueueName name, QueueAttributes attributes, Observed<Optional<QueueView>> read) {
    if (read.ifKnown().isEmpty()) {
      course.await(Sentences.unread("queue " + name, read));
      return false;
    }
    if (read.ifKnown().get().isPresent()) {
      return true;
    }
    if (!situation.policy().queue().create()) {
      course.trouble(Sentences.absent("queue", name.value(), "spec.queue.create: true"));
    }
    course.ask(
        new CreateQueue(name, attributes),
        new Reason("CreatingQueue", "the queue " + name + " is made"));
    return false;
  }

  private boolean isUsable(BucketName bucket) {
    var read = situation.view().buckets().getOrDefault(bucket, Observed.unknown("nobody asked"));
    if (read.ifKnown().isEmpty()) {
      course.await(Sentences.unread("bucket " + bucket, read));
      return false;
    }
    return switch (read.ifKnown().get()) {
      case USABLE -> true;
      case FOREIGN -> {
        course.trouble(Sentences.foreign(bucket));
        yield false;
      }
      case ABSENT -> {
        make(bucket);
        yield false;
      }
    };
  }

  private void make(BucketName bucket) {
    if (!situation.policy().buckets().getOrDefault(bucket, false)) {
      course.trouble(Sentences.absent("bucket", bucket.value(), "its create: true"));
    }
    course.ask(
        new CreateBucket(bucket),
        new Reason("CreatingBucket", "the bucket " + bucket + " is made"));
  }

  /** With a margin as long as the retention every message would be late when it comes. */
  private boolean marginFits() {
    var retention =
        situation
            .view()
            .queue()
            .ifKnown()
            .flatMap(each -> each)
            .map(each -> each.attributes().retention())
            .orElse(situation.policy().queue().attributes().retention());
    var margin = situation.policy().demand().margin();
    if (margin.compareTo(retention) < 0) {
      return true;
    }
    course.trouble(Sentences.marginTooLong(margin, retention));
    return false;
  }
}
