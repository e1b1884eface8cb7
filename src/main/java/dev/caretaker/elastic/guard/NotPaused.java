package dev.caretaker.elastic.guard;

import dev.caretaker.kernel.Refusal;
import java.util.List;
import java.util.Optional;

/** Nobody has paused the care of this cluster, and it is not going away. */
public final class NotPaused implements Guard {

  /** Whoever paused knows what to do, and need not be called. */
  public static boolean isAskedFor(Refusal refusal) {
    return refusal.guard().equals(NotPaused.class.getSimpleName());
  }

  @Override
  public Scope scope() {
    return Scope.ACTING;
  }

  @Override
  public Optional<Refusal> refuses(StopQuestion question) {
    if (!question.policy().paused()) {
      return Optional.empty();
    }
    return Optional.of(
        new Refusal(
            name(),
            "spec.paused is true: nothing disruptive is done, restoring goes on",
            List.of(),
            "set spec.paused to false"));
  }
}
