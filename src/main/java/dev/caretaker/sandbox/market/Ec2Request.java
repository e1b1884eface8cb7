package dev.caretaker.sandbox.market;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A request in EC2's query protocol: an action and flat fields such as {@code Filter.1.Name}. */
record Ec2Request(Map<String, String> fields) {
  private static final int MOST_ON_A_PAGE = 1000;

  /** A filter: what is named must have one of the values. */
  record Filter(String name, List<String> values) {}

  static Ec2Request of(String form) {
    var fields = new TreeMap<String, String>();
    for (var pair : form.split("&", -1)) {
      var sides = pair.split("=", 2);
      if (sides.length == 2) {
        fields.put(decoded(sides[0]), decoded(sides[1]));
      }
    }
    return new Ec2Request(fields);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  String action() {
    return fields.getOrDefault("Action", "");
  }

  Optional<String> field(String name) {
    return Optional.ofNullable(fields.get(name));
  }

  String required(String name) throws Ec2Error {
    return field(name)
        .orElseThrow(
            () ->
                Ec2Error.of("MissingParameter", "The request must contain the parameter " + name));
  }

  int number(String name) throws Ec2Error {
    try {
      return Integer.parseInt(required(name));
    } catch (NumberFormatException odd) {
      throw Ec2Error.of("InvalidParameterValue", name + " is no number: " + fields.get(name));
    }
  }

  /** {@code name.1}, {@code name.2} and so on. */
  List<String> list(String name) {
    var list = new ArrayList<String>();
    for (int i = 1; fields.containsKey(name + "." + i); i++) {
      list.add(fields.get(name + "." + i));
    }
    return list;
  }

  List<Filter> filters() {
    var filters = new ArrayList<Filter>();
    for (int i = 1; fields.containsKey("Filter." + i + ".Name"); i++) {
      var at = "Filter." + i;
      filters.add(new Filter(fields.getOrDefault(at + ".Name", ""), list(at + ".Value")));
    }
    return filters;
  }

  /** The tags for a kind of resource. */
  Map<String, String> tags(String resource) {
    var tags = new LinkedHashMap<String, String>();
    for (int i = 1; fields.containsKey("TagSpecification." + i + ".ResourceType"); i++) {
      var at = "TagSpecification." + i;
      if (resource.equals(fields.get(at + ".ResourceType"))) {
        for (int j = 1; fields.containsKey(at + ".Tag." + j + ".Key"); j++) {
          var tag = at + ".Tag." + j;
          tags.put(fields.getOrDefault(tag + ".Key", ""), fields.getOrDefault(tag + ".Value", ""));
        }
      }
    }
    return tags;
  }

  /** One page of many things, as the request asks for it. */
  <T> Page<T> page(List<T> all) throws Ec2Error {
    int from = fields.containsKey("NextToken") ? number("NextToken") : 0;
    int size = fields.containsKey("MaxResults") ? number("MaxResults") : MOST_ON_A_PAGE;
    int to = Math.min(all.size(), from + Math.min(size, MOST_ON_A_PAGE));
    if (from > all.size() || size < 1) {
      throw Ec2Error.of("InvalidParameterValue", "there is no such page");
    }
    var next = to < all.size() ? Optional.of(Integer.toString(to)) : Optional.<String>empty();
    return new Page<>(all.subList(from, to), next);
  }

  /** A part of a list, and the token of the next one. */
  record Page<T>(List<T> items, Optional<String> next) {}
}
