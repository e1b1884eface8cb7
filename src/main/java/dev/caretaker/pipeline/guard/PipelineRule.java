package dev.caretaker.pipeline.guard;

import dev.caretaker.kernel.Refusal;
import java.util.List;
import java.util.Optional;

/** One sentence that must hold before a pipeline changes anything, or has its fleet change it. */
public interface PipelineRule {

  /** As {@code simulate --break} and refusals name it. */
  default String name() {
    return getClass().getSimpleName();
  }

  /** The refusal of this rule. */
  default Optional<Refusal> refuse(String subject, String sentence, String liftedBy) {
    return Optional.of(new Refusal(name(), sentence, List.of(subject), liftedBy));
  }
}
