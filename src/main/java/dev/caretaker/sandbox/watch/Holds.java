package dev.caretaker.sandbox.watch;

import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Compares the routing settings with the declared baseline, at both scopes. */
public final class Holds {

  private static final String ROUTING = "cluster.routing.";
  private static final String MARK = "cluster.metadata.caretaker.";
  private static final Set<String> DEFAULT_ALL =
      Set.of("cluster.routing.allocation.enable", "cluster.routing.rebalance.enable");

  private int unmarked;

  /** Routing settings and marks that differ between two looks, as scope and key. */
  public static SortedSet<String> differences(Look before, Look after) {
    return Stream.concat(
            differing(before.persistent(), after.persistent()).map(key -> "persistent " + key),
            differing(before.transientScope(), after.transientScope())
                .map(key -> "transient " + key))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The part of the settings that says where shards may go, without what says nothing. */
  static SortedMap<String, String> routing(SortedMap<String, String> settings) {
    var routing = new TreeMap<>(settings);
    routing.keySet().removeIf(key -> !key.startsWith(ROUTING));
    routing
        .entrySet()
        .removeIf(e -> DEFAULT_ALL.contains(e.getKey()) && e.getValue().equals("all"));
    return routing;
  }

  /** Whether a mark of Caretaker stands in the cluster. */
  public static boolean marked(Look look) {
    return look.persistent().keySet().stream().anyMatch(key -> key.startsWith(MARK));
  }

  /** How many routing settings stood in the persistent scope without the mark, at worst. */
  public synchronized int unmarked() {
    return unmarked;
  }

  /** Takes in one look, given what stood before Caretaker came. */
  synchronized void accept(Look baseline, Look look) {
    if (!marked(look)) {
      var held = differing(baseline.persistent(), look.persistent()).count();
      unmarked = Math.max(unmarked, (int) held);
    }
  }

  private static Stream<String> differing(
      SortedMap<String, String> before, SortedMap<String, String> after) {
    var was = routing(before);
    var is = routing(after);
    var keys = new TreeSet<String>();
    keys.addAll(was.keySet());
    keys.addAll(is.keySet());
    keys.removeIf(key -> was.getOrDefault(key, "").equals(is.getOrDefault(key, "")));
    after.keySet().stream().filter(key -> key.startsWith(MARK)).forEach(keys::add);
    return keys.stream();
  }
}
