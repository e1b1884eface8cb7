package dev.caretaker.pipeline.guard;

import dev.caretaker.kernel.Refusal;
import dev.caretaker.pipeline.action.PipelineAction.CreateBucket;
import dev.caretaker.pipeline.action.PipelineAction.CreateQueue;
import java.util.Optional;

/** A queue or a bucket is made only where the spec says so. */
public final class CreationIsAsked implements ChangeRule {
  @Override
  public Optional<Refusal> against(ChangeQuestion question) {
    var policy = question.situation().policy();
    if (question.action() instanceof CreateQueue create && !policy.queue().create()) {
      return refuse(create.queue(), "queue");
    }
    if (question.action() instanceof CreateBucket create
        && !policy.buckets().getOrDefault(create.bucket(), false)) {
      return refuse(create.bucket(), "bucket");
    }
    return Optional.empty();
  }

  private Optional<Refusal> refuse(Object name, String what) {
    return refuse(
        name.toString(),
        "there is no " + what + " " + name + ", and the spec does not say create: true",
        "make it, or set create: true");
  }
}
