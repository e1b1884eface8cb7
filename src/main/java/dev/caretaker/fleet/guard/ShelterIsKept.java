package dev.caretaker.fleet.guard;

import dev.caretaker.kernel.Refusal;
import java.util.List;
import java.util.Optional;

/** As many machines of a stateful fleet stay at work as its cluster needs for shelter. */
public final class ShelterIsKept implements RemovalRule {
  @Override
  public Optional<Refusal> against(RemovalQuestion question) {
    if (!question.policy().stateful() || !question.takesAway()) {
      return Optional.empty();
    }
    var workload = question.situation().workload().ifKnown();
    boolean works = question.member().works();
    if (workload.isPresent()
        && (!works || question.othersAtWork() >= workload.get().leastMachines())) {
      return Optional.empty();
    }
    return Optional.of(
        new Refusal(
            name(),
            "the cluster needs " + question.member().id() + " for shelter, or does not say",
            List.of(question.member().id().value()),
            "more machines at work, or fewer copies"));
  }
}
