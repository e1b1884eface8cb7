package dev.caretaker.sandbox.scenario;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * How a scenario ended.
 *
 * @param line what it measured
 * @param complaints everything that is bad; empty where it passed
 */
public record Outcome(ObjectNode line, List<String> complaints) {
  public Outcome {
    complaints = List.copyOf(complaints);
  }

  public int exitCode() {
    return complaints.isEmpty() ? 0 : 1;
  }
}
