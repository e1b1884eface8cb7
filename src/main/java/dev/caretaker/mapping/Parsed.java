package dev.caretaker.mapping;

import java.util.List;
import java.util.Optional;

/**
 * What became of a spec.
 *
 * @param value present exactly where there is no problem
 * @param problems all of them, each with the path of its field and what to do
 */
public record Parsed<T>(Optional<T> value, List<Problem> problems) {
  public Parsed {
    problems = List.copyOf(problems);
    if (value.isPresent() != problems.isEmpty()) {
      throw new IllegalArgumentException("a value or problems, not both: " + problems);
    }
  }
}
