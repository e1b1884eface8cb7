package dev.caretaker.pipeline.guard;

import dev.caretaker.pipeline.action.PipelineAction;
import java.util.List;

/**
 * May this be changed?
 *
 * @param because why a program shall stop; of no meaning elsewhere
 * @param batch what this decision changes before it
 */
public record ChangeQuestion(
    Situation situation, PipelineAction action, Cause because, List<PipelineAction> batch) {

  /** Why something shall change. */
  public enum Cause {
    /** Workers must not work now: a pipeline is introduced, stopped, or its cluster holds them. */
    HOLD,
    /** The machine gets other code. */
    UPDATE,
    /** Another pipeline works there now. */
    UNASSIGNED,
    /** The resource goes. */
    ENDING,
    /** Anything else that the spec asks for. */
    CARE
  }
}
