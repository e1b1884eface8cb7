package dev.caretaker.pipeline.guard;

import dev.caretaker.kernel.Refusal;
import dev.caretaker.pipeline.action.PipelineAction.DeleteBucket;
import dev.caretaker.pipeline.action.PipelineAction.DeleteQueue;
import dev.caretaker.pipeline.policy.PipelinePolicy.Deletion;
import java.util.Optional;

/** A queue or a bucket goes only with a resource whose policy says so. */
public final class DeletionIsAsked implements PipelineRule {
  @Override
  public Optional<Refusal> against(ChangeQuestion question) {
    if (!(question.action() instanceof DeleteQueue)
        && !(question.action() instanceof DeleteBucket)) {
      return Optional.empty();
    }
    var policy = question.situation().policy();
    return policy.deleting() && policy.deletion() == Deletion.DELETE
        ? Optional.empty()
        : refuse("spec.deletionPolicy", "nobody asked for it to go", "deletionPolicy: Delete");
  }
}
