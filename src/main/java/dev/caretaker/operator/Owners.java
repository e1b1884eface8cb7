package dev.caretaker.operator;

import dev.caretaker.api.EsCluster;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Finds resources that name the same cluster; the oldest one owns it. */
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
    var mine = resource.getMetadata();
    return all.stream()
        .filter(each -> uuid.equals(uuid(each)))
        .map(EsCluster::getMetadata)
        .filter(each -> !Objects.equals(each.getUid(), mine.getUid()))
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
