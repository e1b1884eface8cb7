package dev.caretaker.pipeline.guard;

import dev.caretaker.kernel.Refusal;
import java.util.Optional;

/** What must hold before a fleet is asked for another machine in the place of one. */
public interface ReplacementRule extends PipelineRule {

  Optional<Refusal> against(ReplacementQuestion question);
}
