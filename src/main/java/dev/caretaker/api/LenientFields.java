package dev.caretaker.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.ObjectCodec;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a stored object, each read on its own; what does not fit is named by its path, not
 * thrown.
 */
final class LenientFields {
  private final JsonNode tree;
  private final ObjectCodec codec;
  private final String path;
  private final List<String> unreadable = new ArrayList<>();

  private LenientFields(JsonNode tree, ObjectCodec codec, String path) {
    this.tree = tree;
    this.codec = codec;
    this.path = path;
  }

  static LenientFields of(JsonParser parser, String path) throws IOException {
    JsonNode tree = parser.readValueAsTree();
    var fields = new LenientFields(tree, parser.getCodec(), path);
    if (!tree.isObject()) {
      fields.unreadable.add(path);
    }
    return fields;
  }

  /** The field's value; null where it is absent or does not fit. */
  <T> @Nullable T read(String name, Class<T> type) {
    return convert(name, tree.path(name), type);
  }

  private <T> @Nullable T convert(String name, JsonNode node, Class<T> type) {
    if (node.isMissingNode() || node.isNull()) {
      return null;
    }
    try {
      return codec.treeToValue(node, type);
    } catch (JsonMappingException odd) {
      unreadable.add(path + "." + name + below(odd));
    } catch (JsonProcessingException odd) {
      unreadable.add(path + "." + name);
    }
    return null;
  }

  /** A list of texts; null where it is absent, or where any entry does not fit. */
  @Nullable List<String> texts(String name) {
    return whole(name, String[].class);
  }

  /** A list; null where it is absent, or where any entry does not fit. */
  <T> @Nullable List<T> whole(String name, Class<T[]> type) {
    var entries = read(name, type);
    return entries == null ? null : Arrays.asList(entries);
  }

  /** A list; entries that do not fit are left out. */
  <T> @Nullable List<T> list(String name, Class<T> type) {
    var node = tree.path(name);
    if (!node.isArray()) {
      return null;
    }
    var list = new ArrayList<T>();
    node.forEach(
        each -> {
          var value = convert(name, each, type);
          if (value != null) {
            list.add(value);
          }
        });
    return list;
  }

  /** An object as a map; entries that do not fit are left out. */
  <T> @Nullable Map<String, T> map(String name, Class<T> type) {
    var node = tree.path(name);
    if (!node.isObject()) {
      return null;
    }
    var map = new TreeMap<String, T>();
    node.properties()
        .forEach(
            each -> {
              var value = convert(name, each.getValue(), type);
              if (value != null) {
                map.put(each.getKey(), value);
              }
            });
    return map;
  }

  List<String> unreadable() {
    return List.copyOf(unreadable);
  }

  private static String below(JsonMappingException odd) {
    return odd.getPath().stream()
        .map(
            each ->
                each.getFieldName() == null
                    ? "[" + each.getIndex() + "]"
                    : "." + each.getFieldName())
        .collect(Collectors.joining());
  }
}
