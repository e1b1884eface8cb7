package dev.caretaker.sandbox.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What is bad in the line of a bounce. */
final class BounceVerdict {

  private BounceVerdict() {}

  static List<String> of(JsonNode line) {
    var complaints = new ArrayList<String>();
    long nodes = line.path("nodes").asLong();
    // A node that the scenario killed and started need not be bounced again.
    long byCaretaker = line.has("redByOwnKill") ? nodes - 1 : nodes;
    requireEqual(line, "bounced", nodes, complaints);
    requireAtLeast(line, "freezes", byCaretaker, complaints);
    requireAtLeast(line, "newIndices", byCaretaker, complaints);
    requireAtLeast(line, "acknowledged", 1, complaints);
    requireAtLeast(line, "acknowledgedWhileFrozen", 1, complaints);
    requireEqual(line, "lost", 0, complaints);
    requireEqual(line, "maxNodesDown", 1, complaints);
    requireEqual(line, "newIndexRed", 0, complaints);
    requireEqual(line, "leakedSettings", 0, complaints);
    if (line.path("everRed").asBoolean(true)) {
      complaints.add("everRed is true");
    }
    if (line.has("effects")) {
      // For each node at least: a freeze, a stop, a start, and a thaw.
      requireAtLeast(line, "effects", 4 * nodes, complaints);
      requireEqual(line, "crashes", line.path("effects").asLong(), complaints);
      requireEqual(line, "staleOwnHolds", 0, complaints);
    }
    return complaints;
  }

  static void requireEqual(JsonNode line, String field, long wanted, List<String> complaints) {
    if (line.path(field).asLong(-1) != wanted) {
      complaints.add(field + " is " + line.path(field) + ", not " + wanted);
    }
  }

  static void requireAtLeast(JsonNode line, String field, long wanted, List<String> complaints) {
    if (line.path(field).asLong(-1) < wanted) {
      complaints.add(field + " is " + line.path(field) + ", less than " + wanted);
    }
  }
}
