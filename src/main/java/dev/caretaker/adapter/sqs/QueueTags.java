package dev.caretaker.adapter.sqs;

import dev.caretaker.pipeline.model.PipelineId;
import java.util.Map;

/** The tags that say whose a queue is. */
final class QueueTags {
  /** The UID of its EtlPipeline; this alone makes a queue one that may be deleted with it. */
  static final String PIPELINE = "caretaker.dev/pipeline";

  private QueueTags() {}

  /** Namespace and name are for people. */
  static Map<String, String> of(PipelineId pipeline) {
    return Map.of(
        PIPELINE,
        pipeline.uid(),
        "caretaker.dev/namespace",
        pipeline.namespace(),
        "caretaker.dev/name",
        pipeline.name());
  }
}
