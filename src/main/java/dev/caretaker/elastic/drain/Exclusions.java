package dev.caretaker.elastic.drain;

import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.Mark;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.NodeView;
import dev.caretaker.elastic.model.Routing;
import dev.caretaker.elastic.model.ZoneName;
import dev.caretaker.elastic.policy.EsPolicy;
import dev.caretaker.elastic.policy.PlanCover;
import dev.caretaker.elastic.policy.RolloutPolicy;
import dev.caretaker.kernel.Refusal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Which of the declared exclusions may be written: taking one back always, a new one not yet. */
public final class Exclusions {
  private final EsPolicy policy;
  private final ClusterView cluster;

  public Exclusions(EsPolicy policy, ClusterView cluster) {
    this.policy = policy;
    this.cluster = cluster;
  }

  /** Whether something is declared that is not written yet. */
  public boolean somethingNew() {
    return !standing().equals(policy.baseline());
  }

  /** The nodes of the cluster that are declared to be drained, as a plan covers them. */
  public PlanCover.Step drain() {
    var excluded = policy.allocation();
    var nodes =
        cluster.nodes().stream()
            .filter(
                node ->
                    excluded.excludeNodes().contains(node.name())
                        || node.zone()
                            .filter(zone -> excluded.excludeZones().contains(zone))
                            .isPresent())
            .map(NodeView::name)
            .sorted()
            .toList();
    return new PlanCover.Step(PlanCover.Kind.DRAIN, nodes, false, new TreeSet<>());
  }

  /**
   * What is declared and written already, by us or by a person: that is not taken away only to be
   * written again.
   */
  public Routing standing() {
    var names = written(Routing.EXCLUDE_NAME);
    var zones = written(Routing.EXCLUDE + policy.zoneAttribute());
    var keptNames = new TreeSet<>(policy.allocation().excludeNodes());
    keptNames.retainAll(names.stream().map(NodeName::new).collect(Collectors.toSet()));
    var keptZones = new TreeSet<>(policy.allocation().excludeZones());
    keptZones.retainAll(zones.stream().map(ZoneName::new).collect(Collectors.toSet()));
    return Routing.baseline(policy.allocation().enable(), keptNames, keptZones);
  }

  /** Whether the exclusion of this node, by name, came with our mark; another is a person's. */
  public boolean isOurs(NodeName node) {
    return cluster.mark().stream()
        .flatMap(mark -> words(mark.wrote().get(Routing.EXCLUDE_NAME)).stream())
        .anyMatch(node.value()::equals);
  }

  /** Whether the exclusion of this node, by name, is in force, whoever wrote it. */
  public boolean isInForce(NodeName node) {
    return words(cluster.settings().inForce(Routing.EXCLUDE_NAME).orElse(""))
        .contains(node.value());
  }

  private List<String> written(String key) {
    var words = new ArrayList<>(words(cluster.settings().persistent().get(key)));
    cluster.mark().map(Mark::wrote).ifPresent(wrote -> words.addAll(words(wrote.get(key))));
    return words;
  }

  private static List<String> words(@org.jspecify.annotations.Nullable String list) {
    return list == null ? List.of() : Arrays.asList(list.split(","));
  }

  /** Speaks against exclusions that would leave shards no place, or none in safety. */
  public Optional<Refusal> leavesNoPlace() {
    return leavesNoPlace(Set.of());
  }

  /** The same with these nodes excluded besides. */
  public Optional<Refusal> leavesNoPlace(Set<NodeName> besides) {
    var excluded = policy.allocation();
    var remaining =
        cluster.nodes().stream()
            .filter(NodeView::holdsData)
            .filter(node -> !excluded.excludeNodes().contains(node.name()))
            .filter(node -> !besides.contains(node.name()))
            .filter(node -> node.zone().filter(z -> excluded.excludeZones().contains(z)).isEmpty())
            .toList();
    if (remaining.isEmpty()) {
      return refusal("no data node would be left", besides);
    }
    boolean reliableAsked =
        policy.rollout().shelter() == RolloutPolicy.Shelter.REQUIRED && policy.hasReliableZone();
    boolean reliableLeft =
        remaining.stream().anyMatch(node -> node.zone().filter(policy::reliable).isPresent());
    return reliableAsked && !reliableLeft
        ? refusal("no node of a reliable zone would be left", besides)
        : Optional.empty();
  }

  private Optional<Refusal> refusal(String sentence, Set<NodeName> besides) {
    var by =
        besides.isEmpty()
            ? " by spec.allocation.excludeNodes and excludeZones"
            : " by spec.allocation and what fleets ask for: " + besides;
    var lift = "exclude fewer nodes or zones" + (besides.isEmpty() ? "" : ", or more machines");
    return Optional.of(new Refusal("ExclusionsLeaveAPlace", sentence + by, List.of(), lift));
  }
}
