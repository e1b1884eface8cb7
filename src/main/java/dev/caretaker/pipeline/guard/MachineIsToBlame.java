package dev.caretaker.pipeline.guard;

import dev.caretaker.kernel.Refusal;
import java.util.Optional;

/**
 * A machine is replaced where it is the machine that fails: one may be tried for that, but where
 * more than a third of those that were to get a revision could not, it is the code. Else a revision
 * that nobody can install would have the crew replaced over and over.
 */
public final class MachineIsToBlame implements ReplacementRule {
  private static final int OF_SO_MANY_ONE = 3;

  @Override
  public Optional<Refusal> against(ReplacementQuestion question) {
    long tried = question.failed() + question.good();
    if (question.failed() <= 1 || question.failed() * OF_SO_MANY_ONE <= tried) {
      return Optional.empty();
    }
    return refuse(
        question.machine().value(),
        String.format(
            "%d of %d machines could not be brought to %s, so that it is the code and not %s",
            question.failed(), tried, question.revision(), question.machine()),
        "correct spec.code.revision, or mend what keeps the code from being installed");
  }
}
