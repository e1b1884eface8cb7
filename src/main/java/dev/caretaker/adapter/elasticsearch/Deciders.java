package dev.caretaker.adapter.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caretaker.elastic.model.Explanation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What the engine's deciders say, shortened to what a person can act on. */
final class Deciders {
  private static final int LONGEST = 300;
  private static final Comparator<No> LOUDEST =
      Comparator.comparingInt(No::rank).thenComparingInt(No::besides);

  private Deciders() {}

  /** A refusal of one decider for one node, beside so many others for the same node. */
  private record No(String decider, String sentence, int besides) {
    /**
     * That a node has a copy already, or is itself to be emptied, is as it must be; what keeps the
     * shard off the remaining nodes is what could be changed.
     */
    int rank() {
      return switch (decider) {
        case "filter" -> 2;
        case "same_shard" -> 1;
        default -> 0;
      };
    }
  }

  /** The one decider of an allocation explanation that a person should hear about. */
  static Optional<Explanation> loudest(JsonNode explain) {
    var refusals = new ArrayList<No>();
    for (var node : explain.path("node_allocation_decisions")) {
      var name = node.path("node_name").asText("?");
      refusals.addAll(on(node.path("deciders"), "NO", name));
    }
    if (refusals.isEmpty()) {
      for (var node : explain.path("node_allocation_decisions")) {
        refusals.addAll(on(node.path("deciders"), "THROTTLE", node.path("node_name").asText("?")));
      }
    }
    return refusals.stream()
        .min(LOUDEST)
        .map(no -> new Explanation(no.decider(), cut(no.sentence())));
  }

  private static List<No> on(JsonNode deciders, String decision, String node) {
    var found = new ArrayList<JsonNode>();
    for (var decider : deciders) {
      if (decider.path("decision").asText().equals(decision)) {
        found.add(decider);
      }
    }
    return found.stream()
        .map(
            each ->
                new No(
                    each.path("decider").asText(),
                    "on " + node + ": " + each.path("explanation").asText(),
                    found.size()))
        .toList();
  }

  /** Every decider that refuses the commands of a reroute; empty where they may be carried out. */
  static List<String> refusing(JsonNode reroute) {
    var refusals = new ArrayList<String>();
    for (var command : reroute.path("explanations")) {
      for (var decision : command.path("decisions")) {
        if (decision.path("decision").asText().equals("NO")) {
          refusals.add(
              decision.path("decider").asText()
                  + ": "
                  + cut(decision.path("explanation").asText()));
        }
      }
    }
    return refusals;
  }

  private static String cut(String sentence) {
    return sentence.length() <= LONGEST ? sentence : sentence.substring(0, LONGEST) + "...";
  }
}
