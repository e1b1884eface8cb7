package dev.caretaker.sandbox.scenario;

import static dev.caretaker.sandbox.scenario.BounceVerdict.requireAtLeast;
import static dev.caretaker.sandbox.scenario.BounceVerdict.requireEqual;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What is bad in the line of {@code --scenario gitops}. */
final class GitOpsVerdict {

  /** A node of the sandbox is started within, and what it held is put back. */
  private static final long LONGEST_END = 180;

  private GitOpsVerdict() {}

  static List<String> of(JsonNode line) {
    var complaints = new ArrayList<String>();
    for (var field : List.of("forbidden", "unusedVerbs", "uncoveredRules", "specFieldsOwned")) {
      requireEqual(line, field, 0, complaints);
    }
    requireEqual(line, "lost", 0, complaints);
    requireAtLeast(line, "celAccept", 1, complaints);
    requireAtLeast(line, "celReject", 1, complaints);
    requireAtMost(line, "quietWrites", 1, complaints);
    requireAtMost(line, "namespaceDeleteSeconds", LONGEST_END, complaints);
    if (line.path("poisonObjectStoppedOthers").asBoolean(true)) {
      complaints.add("poisonObjectStoppedOthers is true");
    }
    return complaints;
  }

  private static void requireAtMost(
      JsonNode line, String field, long most, List<String> complaints) {
    if (!line.path(field).isNumber() || line.path(field).asLong() > most) {
      complaints.add(field + " is " + line.path(field) + ", more than " + most);
    }
  }
}
