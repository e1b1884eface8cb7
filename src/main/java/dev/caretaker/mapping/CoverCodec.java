package dev.caretaker.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.policy.PlanCover;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** An approved plan as it is remembered in {@code status.progress}, and back. */
final class CoverCodec {
  private CoverCodec() {}

  static JsonNode encode(PlanCover plan) {
    var node =
        JsonNodeFactory.instance.objectNode().put("hash", plan.hash()).put("wish", plan.wish());
    var steps = node.putArray("steps");
    for (var step : plan.steps()) {
      var each = steps.addObject().put("kind", step.kind().name());
      step.nodes().forEach(name -> each.withArray("nodes").add(name.value()));
      each.put("movesCopies", step.movesCopies());
      step.raises().forEach(index -> each.withArray("raises").add(index));
    }
    plan.risks().forEach(risk -> node.withArray("risks").add(risk));
    return node;
  }

  /**
   * The plan that was saved.
   *
   * @throws IllegalArgumentException where it is not what this version writes
   */
  static PlanCover decode(JsonNode node) {
    var steps = new ArrayList<PlanCover.Step>();
    for (var each : node.path("steps")) {
      if (!each.path("movesCopies").isBoolean()) {
        throw new IllegalArgumentException("no truth movesCopies");
      }
      steps.add(
          new PlanCover.Step(
              PlanCover.Kind.valueOf(ProgressCodec.text(each, "kind")),
              texts(each.path("nodes")).stream().map(NodeName::new).toList(),
              each.path("movesCopies").booleanValue(),
              new TreeSet<>(texts(each.path("raises")))));
    }
    return new PlanCover(
        ProgressCodec.text(node, "hash"),
        ProgressCodec.text(node, "wish"),
        steps,
        texts(node.path("risks")));
  }

  private static List<String> texts(JsonNode list) {
    var texts = new ArrayList<String>();
    for (var each : list) {
      if (!each.isTextual()) {
        throw new IllegalArgumentException("no text in " + list);
      }
      texts.add(each.textValue());
    }
    return texts;
  }
}
