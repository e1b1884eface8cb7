package dev.caretaker.elastic.model;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Where shards may go, cluster-wide: the declared baseline plus the holds in force.
 *
 * <p>It is written in the persistent scope only; {@link Optional#empty()} stands for {@code null},
 * never for {@code ""}, because an empty text masks other scopes.
 */
public record Routing(
    Allocation allocation,
    boolean rebalances,
    SortedSet<NodeId> excludedIds,
    SortedSet<NodeName> excludedNames,
    SortedSet<ZoneName> excludedZones) {
  public static final String ENABLE = "cluster.routing.allocation.enable";
  public static final String REBALANCE = "cluster.routing.rebalance.enable";
  public static final String EXCLUDE = "cluster.routing.allocation.exclude.";
  public static final String EXCLUDE_ID = EXCLUDE + "_id";
  public static final String EXCLUDE_NAME = EXCLUDE + "_name";

  public Routing {
    excludedIds = Collections.unmodifiableSortedSet(new TreeSet<>(excludedIds));
    excludedNames = Collections.unmodifiableSortedSet(new TreeSet<>(excludedNames));
    excludedZones = Collections.unmodifiableSortedSet(new TreeSet<>(excludedZones));
  }

  /** What is declared, with nothing held. */
  public static Routing baseline(
      Allocation allocation, Collection<NodeName> names, Collection<ZoneName> zones) {
    return new Routing(
        allocation, true, new TreeSet<>(), new TreeSet<>(names), new TreeSet<>(zones));
  }

  public Routing with(Holds holds) {
    var ids = new TreeSet<>(excludedIds);
    ids.addAll(holds.empty());
    var enable = holds.freeze() ? allocation.stricter(Allocation.NEW_PRIMARIES) : allocation;
    return new Routing(enable, rebalances && !holds.quiet(), ids, excludedNames, excludedZones);
  }

  /** The same with these nodes, by name, excluded too. */
  public Routing excluding(Collection<NodeName> nodes) {
    var names = new TreeSet<>(excludedNames);
    names.addAll(nodes);
    return new Routing(allocation, rebalances, excludedIds, names, excludedZones);
  }

  /** Whether anything is excluded by name or zone. */
  public boolean drains() {
    return !excludedNames.isEmpty() || !excludedZones.isEmpty();
  }

  /** The keys that Caretaker owns; nobody else's values on them are overwritten silently. */
  public static SortedSet<String> keys(String zoneAttribute) {
    return new TreeSet<>(
        java.util.List.of(ENABLE, REBALANCE, EXCLUDE_ID, EXCLUDE_NAME, EXCLUDE + zoneAttribute));
  }

  /**
   * The persistent value of each owned key; empty where none is needed, because elasticsearch.yml
   * or the engine's default already says it.
   */
  public SortedMap<String, Optional<String>> settings(
      String zoneAttribute, ClusterSettings settings) {
    var wanted = new TreeMap<String, Optional<String>>();
    wanted.put(ENABLE, unlessDefault(ENABLE, allocation.setting(), "all", settings));
    wanted.put(REBALANCE, unlessDefault(REBALANCE, rebalances ? "all" : "none", "all", settings));
    wanted.put(EXCLUDE_ID, joined(excludedIds));
    wanted.put(EXCLUDE_NAME, joined(excludedNames));
    wanted.put(EXCLUDE + zoneAttribute, joined(excludedZones));
    return wanted;
  }

  private static Optional<String> unlessDefault(
      String key, String value, String engineDefault, ClusterSettings settings) {
    var below = settings.defaults().getOrDefault(key, engineDefault);
    return below.equalsIgnoreCase(value) ? Optional.empty() : Optional.of(value);
  }

  private static Optional<String> joined(Collection<?> values) {
    return values.isEmpty()
        ? Optional.empty()
        : Optional.of(values.stream().map(Object::toString).collect(Collectors.joining(",")));
  }

  /** Only the keys that need a value, as the mark records them. */
  public static SortedMap<String, String> present(Map<String, Optional<String>> settings) {
    var present = new TreeMap<String, String>();
    settings.forEach((key, value) -> value.ifPresent(text -> present.put(key, text)));
    return present;
  }
}
