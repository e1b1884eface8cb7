package dev.caretaker.sandbox.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Optional;

/**
 * Two specs that differ at one place, one on either side of a rule.
 *
 * @param sentence that the refusal of the wrong one begins with or contains
 * @param stored what was there before, where the rule is about a change
 */
public record RuleCase(String sentence, SpecTree right, SpecTree wrong, Optional<SpecTree> stored) {

  /** The nearest that a rule of the schema refuses; empty where no such value is known here. */
  static Optional<RuleCase> beyond(SchemaRule rule, SpecTree right) {
    return wrong(rule, right).map(wrong -> new RuleCase("spec", right, wrong, Optional.empty()));
  }

  private static Optional<SpecTree> wrong(SchemaRule rule, SpecTree right) {
    var at = rule.pointer();
    int limit = rule.value().asInt();
    return switch (rule.keyword()) {
      case "required" -> Optional.of(right.without(at));
      case "enum" -> Optional.of(right.with(at, TextNode.valueOf("Nonsense")));
      case "maxLength" -> Optional.of(right.with(at, TextNode.valueOf("x".repeat(limit + 1))));
      case "minimum" -> Optional.of(right.with(at, IntNode.valueOf(limit - 1)));
      case "maximum" -> Optional.of(right.with(at, IntNode.valueOf(limit + 1)));
      case "minItems" -> Optional.of(right.with(at, copies(right, at, limit - 1)));
      case "maxItems" -> Optional.of(right.with(at, copies(right, at, limit + 1)));
      default -> Optional.empty();
    };
  }

  private static ArrayNode copies(SpecTree right, String at, int count) {
    JsonNode entry = right.tree().at(at).path(0);
    var list = JsonNodeFactory.instance.arrayNode();
    for (int i = 0; i < count; i++) {
      list.add(entry.deepCopy());
    }
    return list;
  }
}
