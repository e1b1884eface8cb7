package dev.caretaker.operator;

import dev.caretaker.api.EsCluster;
import dev.caretaker.api.EtlPipeline;
import dev.caretaker.mapping.SpecInForce;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Finds resources that name the same cluster, queue, table or program; the oldest one owns it. */
final class Owners {
  private static final Comparator<ObjectMeta> BY_AGE =
      Comparator.comparing((ObjectMeta each) -> Objects.toString(each.getCreationTimestamp(), ""))
          .thenComparing(each -> Objects.toString(each.getUid(), ""));

  private Owners() {}

  /** The older ones, as namespace/name. */
  static List<String> olderThan(EsCluster resource, List<EsCluster> all) {
    var uuid = uuid(resource);
    if (uuid.isEmpty()) {
      return List.of();
    }
    var same = all.stream().filter(each -> uuid.equals(uuid(each)));
    return olderThan(resource.getMetadata(), same.map(EsCluster::getMetadata));
  }

  /** The older pipelines that name the same queue, table or program, as namespace/name. */
  static List<String> olderThan(EtlPipeline resource, List<EtlPipeline> all) {
    var wanted = claims(resource);
    var same = all.stream().filter(each -> !Collections.disjoint(wanted, claims(each)));
    return olderThan(resource.getMetadata(), same.map(EtlPipeline::getMetadata));
  }

  /**
   * A queue is one for a whole account, a table for a whole cluster, and a program for a machine:
   * who shares a fleet stops its own on the machines of others.
   */
  private static Set<String> claims(EtlPipeline resource) {
    var claims = new TreeSet<String>();
    SpecInForce.of(resource)
        .care()
        .ifPresent(
            care -> {
              var queue = care.policy().queue();
              claims.add("queue " + care.region() + "/" + queue.name());
              var cluster =
                  resource.getMetadata().getNamespace() + "/" + care.tablesIn().orElse("");
              var machines = resource.getMetadata().getNamespace() + "/" + care.machines();
              claims.add(machines + " " + care.policy().program().name());
              care.mappings().keySet().forEach(each -> claims.add(cluster + "/" + each));
            });
    return claims;
  }

  private static List<String> olderThan(ObjectMeta mine, Stream<ObjectMeta> same) {
    return same.filter(each -> !Objects.equals(each.getUid(), mine.getUid()))
        .filter(each -> BY_AGE.compare(each, mine) < 0)
        .sorted(BY_AGE)
        .map(each -> each.getNamespace() + "/" + each.getName())
        .toList();
  }

  /** The UUID of the resource's cluster, where it was met already. */
  static Optional<String> uuid(EsCluster resource) {
    return Optional.ofNullable(resource.getStatus())
        .flatMap(status -> Optional.ofNullable(status.clusterUuid()))
        .filter(uuid -> !uuid.isEmpty());
  }
}
