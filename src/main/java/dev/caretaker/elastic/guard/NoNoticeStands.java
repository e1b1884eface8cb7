package dev.caretaker.elastic.guard;

import dev.caretaker.elastic.model.SpotMachine;
import dev.caretaker.kernel.Refusal;
import java.util.Optional;
import java.util.Set;

/**
 * No node is stopped while one that EC2 is about to take is still in the cluster: in its zone a
 * second would be missing, and anywhere the copies of the first would be counted on.
 */
public final class NoNoticeStands implements Guard {
  @Override
  public Scope scope() {
    return Scope.STOPPING;
  }

  @Override
  public Set<Scope> scopes() {
    return Set.of(Scope.STOPPING, Scope.LEAVING);
  }

  @Override
  public Optional<Refusal> refuses(StopQuestion question) {
    var going =
        question.everything().machines().stream()
            .filter(machine -> machine.leavesAt().isPresent())
            .map(SpotMachine::node)
            .filter(node -> question.cluster().node(node).isPresent())
            .toList();
    if (going.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Refusal(
            name(),
            "EC2 takes " + going + " within minutes",
            StopQuestion.shown(going),
            "wait until the machine is gone"));
  }

  /** Whether a refusal is of this guard: the notice is over within minutes. */
  public static boolean passesByItself(Refusal refusal) {
    return refusal.guard().equals(NoNoticeStands.class.getSimpleName());
  }
}
