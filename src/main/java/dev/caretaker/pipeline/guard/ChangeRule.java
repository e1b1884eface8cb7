package dev.caretaker.pipeline.guard;

import dev.caretaker.kernel.Refusal;
import java.util.Optional;

/** What must hold before a pipeline changes anything. */
public interface ChangeRule extends PipelineRule {

  /** Asked before every change; a rule that is not about this one has nothing against it. */
  Optional<Refusal> against(ChangeQuestion question);
}
