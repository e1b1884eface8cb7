package dev.caretaker.doctor;

import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.NodeView;
import dev.caretaker.elastic.model.ZoneName;
import dev.caretaker.elastic.policy.EsPolicy;
import dev.caretaker.kernel.Observed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** Compares the nodes of the spec with the nodes of the cluster. */
final class NodeFindings {
  private static final String NODE = "node";
  private static final String CLOCK = "node-clock";

  /** A person reads no more names in a line. */
  private static final int MOST_NAMES = 10;

  private final EsPolicy policy;
  private final ClusterView cluster;

  NodeFindings(EsPolicy policy, ClusterView cluster) {
    this.policy = policy;
    this.cluster = cluster;
  }

  /** A line for each node of {@code spec.hosts.list}, and one for those that are on no list. */
  List<Finding> membership() {
    var findings = new ArrayList<Finding>();
    policy.hosts().forEach((name, zone) -> findings.add(listed(name, zone)));
    var others =
        cluster.nodes().stream()
            .map(NodeView::name)
            .filter(name -> !policy.hosts().containsKey(name))
            .sorted()
            .toList();
    if (!others.isEmpty()) {
      findings.add(unlisted(others));
    }
    return findings;
  }

  private Finding listed(NodeName name, Optional<ZoneName> zone) {
    var node = cluster.node(name);
    if (node.isEmpty()) {
      return Finding.failed(
          NODE,
          name.value(),
          "no node of the cluster has this name",
          "start it, see that node.name in its elasticsearch.yml is this name, or take it off"
              + " spec.hosts.list");
    }
    if (zone.isPresent() && !node.get().in(zone.get())) {
      return Finding.failed(
          NODE,
          name.value(),
          "it is in zone %s, and spec.hosts.list says %s"
              .formatted(node.get().zone().map(ZoneName::value).orElse("none"), zone.get().value()),
          "set node.attr.%s there and restart it, or mend spec.hosts.list"
              .formatted(policy.zoneAttribute()));
    }
    return Finding.ok(
        NODE,
        name.value(),
        "in the cluster" + zone.map(it -> ", in zone " + it.value()).orElse(""));
  }

  private static Finding unlisted(List<NodeName> others) {
    var names = others.stream().limit(MOST_NAMES).map(NodeName::value).toList();
    var more = others.size() > MOST_NAMES ? " and " + (others.size() - MOST_NAMES) + " more" : "";
    return Finding.warning(
        NODE,
        String.join(", ", names) + more,
        "in the cluster and not on spec.hosts.list: never stopped, started nor emptied for a stop",
        "list what Caretaker shall look after");
  }

  /** A line for each node of the cluster. */
  List<Finding> clocks(
      Observed<SortedMap<NodeName, Instant>> shown, Instant asked, Instant answered) {
    if (shown instanceof Observed.Unknown<SortedMap<NodeName, Instant>> unknown) {
      return List.of(Finding.skipped(CLOCK, "all", unknown.cause()));
    }
    var clocks = shown.ifKnown().orElseThrow();
    var findings = new ArrayList<Finding>();
    for (var node : cluster.nodes()) {
      var name = node.name();
      var clock = Optional.ofNullable(clocks.get(name));
      findings.add(
          clock
              .map(at -> Clocks.compare(CLOCK, name.value(), at, asked, answered))
              .orElseGet(() -> silent(name)));
    }
    return findings;
  }

  private static Finding silent(NodeName name) {
    return Finding.failed(
        CLOCK,
        name.value(),
        "the node is in the cluster and does not answer",
        "look at the node: it may be frozen, or collecting garbage");
  }
}
