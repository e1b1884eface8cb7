package dev.caretaker.elastic;

import dev.caretaker.elastic.model.Allocation;
import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.policy.EsPolicy;
import dev.caretaker.kernel.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What must be true before anything new begins, whichever nodes it is about. */
record Preconditions(EsPolicy policy, ClusterView cluster) {

  /** Everything that is not. */
  List<Refusal> unmet() {
    return Stream.of(engine(), released(), zones(), baseline(), selection())
        .flatMap(Optional::stream)
        .toList();
  }

  private Optional<Refusal> engine() {
    return cluster.engine().supported()
        ? Optional.empty()
        : refusal(
            "EngineIsSupported",
            "engine " + cluster.engine().version() + " was never measured",
            "Elasticsearch 6.8, 7.x, 8.x or OpenSearch");
  }

  private Optional<Refusal> released() {
    return Ownership.released(policy, cluster)
        ? refusal(
            "NotReleased",
            "somebody lifted everything by caretaker release",
            "change spec.rollout.restartedAt or the exclusions")
        : Optional.empty();
  }

  private Optional<Refusal> zones() {
    boolean unknown =
        !policy.zones().isEmpty()
            && !cluster.nodes().isEmpty()
            && cluster.nodes().stream().noneMatch(node -> node.zone().isPresent());
    return unknown
        ? refusal(
            "ZonesAreKnown",
            "no node has the attribute "
                + policy.zoneAttribute()
                + " that spec.zones.attribute names",
            "the right spec.zones.attribute, or node.attr."
                + policy.zoneAttribute()
                + " in every elasticsearch.yml")
        : Optional.empty();
  }

  /** Under anything but {@code all} the engine neither empties a node nor rebuilds its replicas. */
  private Optional<Refusal> baseline() {
    var enable = policy.allocation().enable();
    return enable == Allocation.ALL
        ? Optional.empty()
        : refusal(
            "EngineMayAllocate",
            "spec.allocation.enable is "
                + enable.setting()
                + ": the engine would neither empty a node nor rebuild its replicas",
            "set spec.allocation.enable to all");
  }

  private Optional<Refusal> selection() {
    var unknown = policy.selectedButUnlisted();
    return unknown.isEmpty()
        ? Optional.empty()
        : refusal(
            "SelectedNodesAreListed",
            "spec.rollout.select.nodes names " + unknown + ", which spec.hosts.list does not",
            "the names as in spec.hosts.list[].node");
  }

  private static Optional<Refusal> refusal(String name, String sentence, String liftedBy) {
    return Optional.of(new Refusal(name, sentence, List.of(), liftedBy));
  }
}
