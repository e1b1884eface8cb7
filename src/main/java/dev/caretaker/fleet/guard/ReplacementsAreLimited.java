package dev.caretaker.fleet.guard;

import dev.caretaker.fleet.ledger.Member;
import dev.caretaker.kernel.Refusal;
import java.util.List;
import java.util.Optional;

/**
 * By what others say of machines one of them, or a tenth of the fleet, is replaced at once and
 * within ten minutes: EC2 may recommend to leave all at once and take none of them, and what keeps
 * a pipeline from using one may soon be mended.
 */
public final class ReplacementsAreLimited implements RemovalRule {
  private static final int OF_SO_MANY_ONE = 10;

  @Override
  public Optional<Refusal> against(RemovalQuestion question) {
    if (question.because() != RemovalQuestion.Cause.ADVISED) {
      return Optional.empty();
    }
    var situation = question.situation();
    long fleet = situation.members().stream().filter(Member::ours).count();
    long most = Math.max(1, fleet / OF_SO_MANY_ONE);
    if (situation.replacements() < most) {
      return Optional.empty();
    }
    return Optional.of(
        new Refusal(
            name(),
            question.member().id()
                + " waits: no more than "
                + most
                + " of "
                + fleet
                + " machines are replaced at once and within ten minutes",
            List.of(question.member().id().value()),
            "time"));
  }
}
