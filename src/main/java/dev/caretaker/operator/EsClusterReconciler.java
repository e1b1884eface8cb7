package dev.caretaker.operator;

import dev.caretaker.api.EsCluster;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Looks at EsClusters. */
final class EsClusterReconciler extends FreshReconciler<EsCluster> {
  private final EsClusterCare care;

  EsClusterReconciler(KubernetesClient client, EsClusterCare care) {
    super(client, EsCluster.class);
    this.care = care;
  }

  @Override
  Optional<Duration> look(EsCluster fresh, List<EsCluster> all) {
    return care.look(fresh, all);
  }

  @Override
  void forget(EsCluster gone) {
    care.forget(gone);
  }
}
