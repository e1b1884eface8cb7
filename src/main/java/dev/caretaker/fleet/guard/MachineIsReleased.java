package dev.caretaker.fleet.guard;

import dev.caretaker.kernel.Refusal;
import java.util.List;
import java.util.Optional;

/** A machine with data leaves only once its node is proven empty and its process stopped. */
public final class MachineIsReleased implements RemovalRule {
  /** Whether a refusal is this rule's, so that the workload must be asked first. */
  public static boolean said(Refusal refusal) {
    return refusal.guard().equals(MachineIsReleased.class.getSimpleName());
  }

  @Override
  public Optional<Refusal> against(RemovalQuestion question) {
    if (!question.policy().stateful() || question.step() != RemovalQuestion.Step.TERMINATE) {
      return Optional.empty();
    }
    var workload = question.situation().workload().ifKnown();
    if (workload.filter(each -> each.released().contains(question.member().id())).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        new Refusal(
            name(),
            question.member().id() + " is not released by its cluster",
            List.of(question.member().id().value()),
            "the cluster, once the node is drained"));
  }
}
