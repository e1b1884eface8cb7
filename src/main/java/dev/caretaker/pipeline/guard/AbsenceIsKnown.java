package dev.caretaker.pipeline.guard;

import dev.caretaker.kernel.Observed;
import dev.caretaker.kernel.Refusal;
import dev.caretaker.pipeline.action.PipelineAction;
import dev.caretaker.pipeline.action.PipelineAction.CreateBucket;
import dev.caretaker.pipeline.action.PipelineAction.CreateQueue;
import dev.caretaker.pipeline.model.BucketName;
import dev.caretaker.pipeline.model.BucketState;
import dev.caretaker.pipeline.model.QueueName;
import java.util.Optional;

/** What is made was seen to be absent; what could not be read may be there. */
public final class AbsenceIsKnown implements PipelineRule {
  @Override
  public Optional<Refusal> against(ChangeQuestion question) {
    boolean unsure = isUnsure(question.situation(), question.action());
    return unsure
        ? refuse("view", "it was not seen to be absent", "wait until it can be read")
        : Optional.empty();
  }

  private static boolean isUnsure(Situation situation, PipelineAction action) {
    if (action instanceof CreateQueue create) {
      return !isAbsent(situation, create.queue());
    }
    return action instanceof CreateBucket create && !isAbsent(situation, create.bucket());
  }

  private static boolean isAbsent(Situation situation, QueueName queue) {
    var view = situation.view();
    var read = queue.equals(situation.policy().queue().name()) ? view.queue() : view.deadLetter();
    return read.ifKnown().filter(Optional::isEmpty).isPresent();
  }

  private static boolean isAbsent(Situation situation, BucketName bucket) {
    return Optional.ofNullable(situation.view().buckets().get(bucket))
        .flatMap(Observed::ifKnown)
        .filter(state -> state == BucketState.ABSENT)
        .isPresent();
  }
}
