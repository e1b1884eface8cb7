package dev.caretaker.fleet.guard;

import dev.caretaker.fleet.ledger.Member;
import dev.caretaker.kernel.Refusal;
import dev.caretaker.kernel.Utility;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What is at work stays at or above the floor, whatever the budget says. */
public final class FloorIsKept implements RemovalRule {
  @Override
  public Optional<Refusal> against(RemovalQuestion question) {
    var floor = question.situation().floor();
    if (floor.isZero() || !question.takesAway()) {
      return Optional.empty();
    }
    var left =
        question.member().works() ? left(question::worksOn, question) : everythingLeft(question);
    if (!floor.isMoreThan(left) && !floor.isMoreThan(everythingLeft(question))) {
      return Optional.empty();
    }
    return Optional.of(
        new Refusal(
            name(),
            "without "
                + question.member().id()
                + " only "
                + left
                + " of the floor of "
                + floor
                + " stay",
            List.of(question.member().id().value()),
            "lower spec.floor.utility, or raise the budget"));
  }

  /** With what is still on its way: else it would be bought again at once. */
  private static Utility everythingLeft(RemovalQuestion question) {
    return left(question::staysOn, question);
  }

  private static Utility left(Predicate<Member> counted, RemovalQuestion question) {
    return question.situation().members().stream()
        .filter(counted)
        .map(Member::utility)
        .reduce(Utility.ZERO, Utility::plus);
  }
}
