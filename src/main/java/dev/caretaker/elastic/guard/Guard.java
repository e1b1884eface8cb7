package dev.caretaker.elastic.guard;

import dev.caretaker.kernel.Refusal;
import java.util.Optional;
import java.util.Set;

/** One sentence that must hold before the nodes of a set may be stopped. It reads the view only. */
public interface Guard {

  /** As {@code simulate --break} and refusals name it. */
  default String name() {
    return getClass().getSimpleName();
  }

  /** When it is asked first. */
  Scope scope();

  /** When it is asked at all. */
  default Set<Scope> scopes() {
    return Set.of(scope());
  }

  Optional<Refusal> refuses(StopQuestion question);
}
