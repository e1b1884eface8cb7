package dev.caretaker.pipeline;

import dev.caretaker.pipeline.action.PipelineAction;

/** What an action changes, in few words: equal ones fail for equal reasons. */
final class Subjects {
  private Subjects() {}

  static String of(PipelineAction action) {
    return action.getClass().getSimpleName() + " " + subject(action);
  }

  private static String subject(PipelineAction action) {
    if (action instanceof PipelineAction.OnQueue queue) {
      return subject(queue);
    }
    if (action instanceof PipelineAction.CreateBucket bucket) {
      return bucket.bucket().value();
    }
    if (action instanceof PipelineAction.DeleteBucket bucket) {
      return bucket.bucket().value();
    }
    if (action instanceof PipelineAction.OnTable table) {
      return subject(table);
    }
    return ((PipelineAction.OnWorker) action).worker().id().value();
  }

  private static String subject(PipelineAction.OnQueue action) {
    if (action instanceof PipelineAction.CreateQueue create) {
      return create.queue().value();
    }
    if (action instanceof PipelineAction.DeleteQueue delete) {
      return delete.queue().value();
    }
    return ((PipelineAction.SendObjects) action).queue().value();
  }

  private static String subject(PipelineAction.OnTable action) {
    if (action instanceof PipelineAction.PutTemplate put) {
      return put.table().alias().value();
    }
    if (action instanceof PipelineAction.CreateIndex create) {
      return create.index();
    }
    if (action instanceof PipelineAction.WriteTo write) {
      return write.index();
    }
    return ((PipelineAction.DeleteIndex) action).index();
  }
}
