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
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * May these nodes be stopped now?
 *
 * @param everything the whole view, processes included
 * @param cluster the part that the engine told
 * @param set the nodes that would be away together, those already stopped included
 */
public record StopQuestion(
    EsPolicy policy, EsView everything, ClusterView cluster, List<Mark.Member> set, Instant now) {
  private static final int SHOWN = 20;

  public StopQuestion {
    set = List.copyOf(set);
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

  /** Zones of the set, by the cluster's view, or by the spec for a node that has left it. */
  public Set<ZoneName> zones() {
    return set.stream()
        .flatMap(member -> zoneOf(member.name()).stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The zone of a node, by the cluster or, for one that is away, by the spec. */
  public java.util.Optional<ZoneName> zoneOf(NodeName name) {
    var seen = cluster.node(name).flatMap(NodeView::zone);
    return seen.isPresent() ? seen : policy.hosts().getOrDefault(name, java.util.Optional.empty());
  }

  /** The names of all nodes of a zone: those in the cluster and those the spec lists. */
  public Set<NodeName> known(ZoneName zone) {
    var known = new TreeSet<NodeName>();
    cluster.nodes().stream().filter(node -> node.in(zone)).forEach(node -> known.add(node.name()));
    policy.hosts().keySet().stream()
        .filter(name -> zoneOf(name).filter(zone::equals).isPresent())
        .forEach(known::add);
    return known;
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
