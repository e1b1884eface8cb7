package dev.caretaker.elastic.guard;

import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.EsView;
import dev.caretaker.elastic.model.Mark;
import dev.caretaker.elastic.model.NodeId;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.NodeView;
import dev.caretaker.elastic.model.ZoneName;
import dev.caretaker.elastic.policy.EsPolicy;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * May these nodes be stopped now?
 *
 * @param everything the whole view, processes included
 * @param cluster the part that the engine told
 * @param set the nodes that would be away together, those already stopped included
 * @param beginning what would be begun; only guards of {@link Scope#BEGINNING} are asked about it
 */
public record StopQuestion(
    EsPolicy policy,
    EsView everything,
    ClusterView cluster,
    List<Mark.Member> set,
    Optional<Beginning> beginning,
    Instant now) {
  private static final int SHOWN = 20;

  /** Stands for the zone of nodes that have none. */
  private static final ZoneName NO_ZONE = new ZoneName("(none)");

  public StopQuestion {
    set = List.copyOf(set);
  }

  public StopQuestion(
      EsPolicy policy, EsView everything, ClusterView cluster, List<Mark.Member> set, Instant now) {
    this(policy, everything, cluster, set, Optional.empty(), now);
  }

  public Set<NodeId> ids() {
    return set.stream().map(Mark.Member::id).collect(Collectors.toSet());
  }

  public Set<NodeName> names() {
    return set.stream().map(Mark.Member::name).collect(Collectors.toCollection(TreeSet::new));
  }

  /** Nodes that would stay. */
  public Stream<NodeView> others() {
    var names = names();
    return cluster.nodes().stream().filter(node -> !names.contains(node.name()));
  }

  /** Zones of the set. */
  public Set<ZoneName> zones() {
    return set.stream()
        .map(member -> zoneOf(member.name()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The names of all nodes by zone: those in the cluster and those that are listed. */
  public SortedMap<ZoneName, Set<NodeName>> byZone() {
    var zones = new TreeMap<ZoneName, Set<NodeName>>();
    var present = new HashSet<NodeName>();
    for (var node : cluster.nodes()) {
      present.add(node.name());
      var zone = node.zone().or(() -> declared(node.name())).orElse(NO_ZONE);
      zones.computeIfAbsent(zone, none -> new TreeSet<>()).add(node.name());
    }
    policy
        .hosts()
        .forEach(
            (name, zone) -> {
              if (!present.contains(name)) {
                zones.computeIfAbsent(zone.orElse(NO_ZONE), none -> new TreeSet<>()).add(name);
              }
            });
    return zones;
  }

  /** Nodes in the cluster that answer. */
  public Set<NodeName> answering() {
    var names = new HashSet<NodeName>();
    for (var node : cluster.nodes()) {
      if (node.answers()) {
        names.add(node.name());
      }
    }
    return names;
  }

  /** By the cluster or, for a node that is away, by the spec; nodes without one are together. */
  public ZoneName zoneOf(NodeName name) {
    return cluster.node(name).flatMap(NodeView::zone).or(() -> declared(name)).orElse(NO_ZONE);
  }

  private Optional<ZoneName> declared(NodeName name) {
    return policy.hosts().getOrDefault(name, Optional.empty());
  }

  /** The names of all nodes of a zone: those in the cluster and those that are listed. */
  public Set<NodeName> known(ZoneName zone) {
    return byZone().getOrDefault(zone, Set.of());
  }

  /** The first subjects as texts, and how many were left out. */
  static List<String> shown(Collection<?> subjects) {
    var texts = subjects.stream().limit(SHOWN).map(Object::toString).collect(Collectors.toList());
    if (subjects.size() > SHOWN) {
      texts.add("and " + (subjects.size() - SHOWN) + " more");
    }
    return texts;
  }
}
