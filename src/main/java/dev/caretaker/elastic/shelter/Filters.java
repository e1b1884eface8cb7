package dev.caretaker.elastic.shelter;

import dev.caretaker.elastic.model.NodeView;
import dev.caretaker.elastic.model.ZoneName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * The engine's allocation filters, by node id, by name and by zone, of the cluster or of an index.
 * Other attributes of a node are not known here; the engine's dry run knows them.
 */
final class Filters {
  private final List<Filter> filters = new ArrayList<>();

  private enum Kind {
    EXCLUDE,
    INCLUDE,
    REQUIRE
  }

  private record Filter(Kind kind, String attribute, List<String> patterns) {}

  /**
   * Reads them.
   *
   * @param setting the value of {@code exclude.ATTRIBUTE} and so on; empty where there is none
   */
  Filters(UnaryOperator<String> setting, String zoneAttribute) {
    for (var attribute : List.of("_id", "_name", zoneAttribute)) {
      add(Kind.EXCLUDE, attribute, setting.apply("exclude." + attribute));
      add(Kind.INCLUDE, attribute, setting.apply("include." + attribute));
      add(Kind.REQUIRE, attribute, setting.apply("require." + attribute));
    }
  }

  private void add(Kind kind, String attribute, String list) {
    if (!list.isEmpty()) {
      filters.add(new Filter(kind, attribute, words(list)));
    }
  }

  /** Whether they keep copies off the node. */
  boolean keepOff(NodeView node) {
    for (var filter : filters) {
      boolean hit = matches(filter.patterns, value(node, filter.attribute));
      if (hit == (filter.kind == Kind.EXCLUDE)) {
        return true;
      }
    }
    return false;
  }

  private static String value(NodeView node, String attribute) {
    return switch (attribute) {
      case "_id" -> node.id().value();
      case "_name" -> node.name().value();
      default -> node.zone().map(ZoneName::value).orElse("");
    };
  }

  private static boolean matches(List<String> patterns, String own) {
    for (var pattern : patterns) {
      if (pattern.equals(own) || (pattern.contains("*") && own.matches(wildcard(pattern)))) {
        return true;
      }
    }
    return false;
  }

  private static String wildcard(String word) {
    var parts = word.split("\\*", -1);
    return String.join(".*", Arrays.stream(parts).map(Pattern::quote).toList());
  }

  /** The words of a list as the engine writes it: comma-separated, or in brackets. */
  static List<String> words(String list) {
    if (list.isEmpty()) {
      return List.of();
    }
    return Arrays.stream(list.replaceAll("[\\[\\]\"]", "").split(","))
        .map(String::strip)
        .filter(word -> !word.isEmpty())
        .toList();
  }
}
