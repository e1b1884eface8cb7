package dev.caretaker.sandbox.scenario;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.caretaker.sandbox.watch.Look;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Declares drains, and holds what the operator claims against the routing table. */
final class Drains {

  private final Stage stage;
  private long copiesLeft;
  private int falseProofs;

  Drains(Stage stage) {
    this.stage = stage;
  }

  /** Copies that were on drained nodes when they were claimed to be empty, at worst. */
  long copiesLeft() {
    return copiesLeft;
  }

  /** How often a claim was false. */
  int falseProofs() {
    return falseProofs;
  }

  void declare(String field, List<String> values) {
    var list = JsonNodeFactory.instance.arrayNode();
    values.forEach(list::add);
    stage.declare("{\"allocation\":{\"" + field + "\":" + list + "}}");
  }

  /** Whether the operator claims, about the spec as it is now, that the nodes are empty. */
  boolean claimed(List<String> nodes) throws IOException, InterruptedException {
    if (!saysOfThisSpec("Drained", "True", "")) {
      return false;
    }
    long left = left(stage.look(), nodes);
    copiesLeft = Math.max(copiesLeft, left);
    // The spec may have changed, and nodes may be filled again, between the claim and the look.
    if (left > 0 && saysOfThisSpec("Drained", "True", "")) {
      falseProofs++;
    }
    return true;
  }

  /** Whether the operator says that it is blocked, and by which decider of the engine. */
  boolean blockedBy(String decider, List<String> nodes) throws IOException, InterruptedException {
    if (claimsFalsely(nodes)) {
      return false;
    }
    return saysOfThisSpec("Drained", "False", "")
        && saysOfThisSpec("Stalled", "True", "")
        && refusals().contains(decider);
  }

  /** By name: the sentences of es6 and OpenSearch do not have the decider's name in them. */
  private List<String> refusals() throws IOException {
    var names = new ArrayList<String>();
    stage
        .stand()
        .esClusters()
        .read(stage.name())
        .path("status")
        .path("blockedBy")
        .forEach(name -> names.add(name.asText()));
    return names;
  }

  private boolean claimsFalsely(List<String> nodes) throws IOException, InterruptedException {
    if (!saysOfThisSpec("Drained", "True", "")) {
      return false;
    }
    falseProofs += left(stage.look(), nodes) > 0 ? 1 : 0;
    return true;
  }

  private boolean saysOfThisSpec(String type, String status, String word) throws IOException {
    var object = stage.stand().esClusters().read(stage.name());
    long generation = object.path("metadata").path("generation").asLong();
    for (var condition : object.path("status").path("conditions")) {
      if (condition.path("type").asText().equals(type)) {
        return condition.path("status").asText().equals(status)
            && condition.path("observedGeneration").asLong() == generation
            && condition.path("message").asText().contains(word);
      }
    }
    return false;
  }

  private static long left(Look look, List<String> nodes) {
    return nodes.stream().mapToLong(look::copiesOn).sum();
  }
}
