package dev.caretaker.sandbox.rules;

import java.util.List;

/** Why an API server did not take an object. */
public record Refusal(String message, List<Cause> causes) {

  /**
   * One thing that is wrong.
   *
   * @param field as in {@code spec.hosts.list[0].node}
   */
  public record Cause(String field, String message) {}

  public Refusal {
    causes = List.copyOf(causes);
  }

  /** Whether this sentence is one of the reasons. */
  public boolean says(String sentence) {
    return message.contains(sentence);
  }
}
