package dev.caretaker.sandbox.rules;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;

/** A spec as a tree, in which one thing after the other is changed. */
public record SpecTree(JsonNode tree) {

  /** The same spec with another value there. */
  public SpecTree with(String pointer, JsonNode value) {
    var copy = tree.deepCopy();
    var at = JsonPointer.compile(pointer);
    var parent = copy.at(at.head());
    if (parent instanceof ArrayNode array) {
      array.set(at.last().getMatchingIndex(), value);
    } else if (parent instanceof ObjectNode object) {
      object.set(at.last().getMatchingProperty(), value);
    } else {
      throw new IllegalArgumentException("nothing at " + pointer);
    }
    return new SpecTree(copy);
  }

  /** The same spec without what is there. */
  public SpecTree without(String pointer) {
    var copy = tree.deepCopy();
    var at = JsonPointer.compile(pointer);
    var parent = copy.at(at.head());
    if (parent instanceof ArrayNode array) {
      array.remove(at.last().getMatchingIndex());
    } else if (parent instanceof ObjectNode object) {
      object.remove(at.last().getMatchingProperty());
    }
    return new SpecTree(copy);
  }

  /** Every place in it with its value, by JSON pointer. */
  public Map<String, JsonNode> places() {
    var places = new TreeMap<String, JsonNode>();
    collect("", tree, places);
    return places;
  }

  private static void collect(String at, JsonNode node, Map<String, JsonNode> places) {
    if (!at.isEmpty()) {
      places.put(at, node);
    }
    node.properties().forEach(each -> collect(at + "/" + each.getKey(), each.getValue(), places));
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      collect(at + "/" + i, node.get(i), places);
    }
  }
}
