package dev.caretaker.sandbox.rules;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One rule of a CRD's schema.
 *
 * @param at as in {@code spec.hosts.list[].node}
 * @param keyword of the schema: {@code maxLength}, {@code required}, and so on
 * @param value what the keyword says; of a CEL rule its message, of {@code required} one field
 */
public record SchemaRule(String at, String keyword, JsonNode value) {
  private static final String CEL = "x-kubernetes-validations";
  private static final String REQUIRED = "required";

  /** These describe a field and refuse nothing but another type. */
  private static final Set<String> NO_RULES =
      Set.of("type", "description", "default", "properties", "items");

  /** How the server names what each keyword refuses. */
  private static final Map<String, String> REFUSED_BY =
      Map.of(
          "enum",
          "Unsupported value",
          "maxLength",
          "Too long",
          "maxItems",
          "Too many",
          "minItems",
          "should have at least",
          "minimum",
          "should be greater than or equal to",
          "maximum",
          "should be less than or equal to",
          REQUIRED,
          "Required value");

  /** All rules of a schema, what stands below it included. */
  static List<SchemaRule> of(String at, JsonNode schema) {
    var rules = new ArrayList<SchemaRule>();
    for (var each : schema.properties()) {
      var keyword = each.getKey();
      if (keyword.equals(CEL)) {
        each.getValue().forEach(rule -> rules.add(new SchemaRule(at, CEL, rule.path("message"))));
      } else if (keyword.equals(REQUIRED)) {
        each.getValue().forEach(field -> rules.add(new SchemaRule(at, REQUIRED, field)));
      } else if (!NO_RULES.contains(keyword)) {
        rules.add(new SchemaRule(at, keyword, each.getValue()));
      }
    }
    for (var each : schema.path("properties").properties()) {
      rules.addAll(of(at + "." + each.getKey(), each.getValue()));
    }
    if (schema.has("items")) {
      rules.addAll(of(at + "[]", schema.path("items")));
    }
    return rules;
  }

  /** Whether this rule is why the server refuses. */
  boolean explains(Refusal.Cause cause) {
    var field = cause.field().replaceAll("\\[[0-9]+]", "[]");
    if (keyword.equals(CEL)) {
      // It may name a field below the place where it stands.
      return field.startsWith(at) && cause.message().contains(value.asText());
    }
    var place = keyword.equals(REQUIRED) ? at + "." + value.asText() : at;
    var words = REFUSED_BY.get(keyword);
    return words != null && field.equals(place) && cause.message().contains(words);
  }

  /** Where it is in a spec, for the first entry of each list. */
  String pointer() {
    var place = at.replaceFirst("^spec", "").replace("[]", ".0").replace('.', '/');
    return keyword.equals(REQUIRED) ? place + "/" + value.asText() : place;
  }

  @Override
  public String toString() {
    return at + " " + keyword + " " + value;
  }
}
