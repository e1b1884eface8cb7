package dev.caretaker.elastic.guard;

import dev.caretaker.kernel.Refusal;
import java.util.Optional;

/** One sentence that must hold before the nodes of a set may be stopped. It reads the view only. */
public interface Guard {

  /** As {@code simulate --break} and refusals name it. */
  default String name() {
    return getClass().getSimpleName();
  }

  Scope scope();

  Optional<Refusal> refuses(StopQuestion question);
}
