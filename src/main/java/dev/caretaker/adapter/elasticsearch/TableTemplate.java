package dev.caretaker.adapter.elasticsearch;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caretaker.pipeline.model.Table;
import dev.caretaker.pipeline.model.TableName;
import dev.caretaker.port.PortException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The template of a table's new indices. Engines give a template back as it was put, so that its
 * fingerprint is made of what stands there, not of what somebody once noted beside it.
 *
 * <p>It names no alias: an index joins the table when {@code WriteTo} says so, never at its birth.
 */
final class TableTemplate {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectMapper SORTED =
      new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
  private static final int DIGEST_LETTERS = 32;

  /** Above what people usually give; where two tables match, the longer alias is meant. */
  private static final int PRIORITY = 1000;

  private TableTemplate() {}

  static String name(TableName alias) {
    return "caretaker-" + alias;
  }

  /** Only names as Caretaker gives them, in this century; engines know no wildcard for a digit. */
  private static String pattern(TableName alias) {
    return alias + "20*_*";
  }

  static String fingerprint(Table table) {
    try {
      return fingerprint(
          JSON.createArrayNode().add(pattern(table.alias())),
          JSON.createObjectNode().set("index", settings(table)),
          mapping(table));
    } catch (PortException unreadable) {
      // It can never be in force; who puts it is told why.
      return digest(unreadable.getMessage() + table.mapping());
    }
  }

  /**
   * The body that puts it.
   *
   * @throws PortException REFUSED where the mapping is no JSON object
   */
  static ObjectNode body(Table table, TemplateApi api) throws PortException {
    var body = JSON.createObjectNode();
    body.putArray("index_patterns").add(pattern(table.alias()));
    int priority = PRIORITY + table.alias().value().length();
    if (api == TemplateApi.COMPOSABLE) {
      body.put("priority", priority).set("template", index(table, api));
    } else {
      body.put("order", priority).setAll(index(table, api));
    }
    return body;
  }

  /** Settings and mapping of one index: whatever other templates say, this is what it gets. */
  static ObjectNode index(Table table, TemplateApi api) throws PortException {
    var body = JSON.createObjectNode();
    body.putObject("settings").set("index", settings(table));
    var typed = typed(mapping(table));
    var ours = typed.get("_doc");
    body.set("mappings", api == TemplateApi.TYPED || ours == null ? typed : ours);
    return body;
  }

  private static ObjectNode settings(Table table) {
    return JSON.createObjectNode()
        .put("number_of_shards", table.shards())
        .put("number_of_replicas", table.replicas());
  }

  private static JsonNode mapping(Table table) throws PortException {
    try {
      var mapping = JSON.readTree(table.mapping());
      if (mapping.isObject()) {
        return mapping;
      }
    } catch (JsonProcessingException odd) {
      throw new PortException(
          PortException.Kind.REFUSED,
          "the mapping of " + table.alias() + " is no JSON: " + odd.getOriginalMessage(),
          odd);
    }
    throw new PortException(
        PortException.Kind.REFUSED, "the mapping of " + table.alias() + " is no JSON object");
  }

  /** With the name of its type around it, which is {@code _doc} where none is given. */
  private static JsonNode typed(JsonNode mapping) {
    if (mapping.size() == 1) {
      var only = mapping.fieldNames().next();
      boolean type = only.equals("_doc") || !(only.startsWith("_") || isRoot(only));
      if (type && mapping.get(only).isObject()) {
        return mapping;
      }
    }
    return JSON.createObjectNode().set("_doc", mapping);
  }

  private static boolean isRoot(String field) {
    return field.equals("properties") || field.equals("runtime");
  }

  /** What {@code GET} of the template shows; empty where there is none of this name. */
  static Optional<String> fingerprint(JsonNode answer, TableName alias) {
    for (var composable : answer.path("index_templates")) {
      if (composable.path("name").asText().equals(name(alias))) {
        var template = composable.path("index_template");
        return Optional.of(standing(template, template.path("template")));
      }
    }
    var legacy = answer.path(name(alias));
    return legacy.isMissingNode() ? Optional.empty() : Optional.of(standing(legacy, legacy));
  }

  private static String standing(JsonNode template, JsonNode index) {
    var print =
        fingerprint(
            template.path("index_patterns"), index.path("settings"), index.path("mappings"));
    // Ours has none of these: whoever added them has made another template of it.
    boolean more = !index.path("aliases").isEmpty() || !template.path("composed_of").isEmpty();
    return more ? print + "+" : print;
  }

  private static String fingerprint(JsonNode patterns, JsonNode settings, JsonNode mapping) {
    var flat = new TreeMap<String, String>();
    flatten("", settings, flat);
    var whole = JSON.createObjectNode();
    whole.set("patterns", patterns);
    whole.set("settings", JSON.valueToTree(flat));
    whole.set("mapping", typed(mapping.isObject() ? mapping : JSON.createObjectNode()));
    try {
      // Through maps: the order of fields means nothing, and engines change it.
      return digest(SORTED.writeValueAsString(JSON.treeToValue(whole, Map.class)));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a tree cannot be written", impossible);
    }
  }

  private static void flatten(String key, JsonNode value, Map<String, String> flat) {
    if (value.isObject()) {
      value
          .properties()
          .forEach(
              each ->
                  flatten(
                      key.isEmpty() ? each.getKey() : key + "." + each.getKey(),
                      each.getValue(),
                      flat));
    } else if (!value.isMissingNode()) {
      flat.put(key, value.isValueNode() ? value.asText() : value.toString());
    }
  }

  private static String digest(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, DIGEST_LETTERS);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JVM has SHA-256", impossible);
    }
  }
}
