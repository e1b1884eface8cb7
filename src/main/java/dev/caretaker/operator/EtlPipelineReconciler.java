package dev.caretaker.operator;

import dev.caretaker.api.EtlPipeline;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Looks at EtlPipelines. */
final class EtlPipelineReconciler extends FreshReconciler<EtlPipeline> {
  private final EtlPipelineCare care;

  EtlPipelineReconciler(KubernetesClient client, EtlPipelineCare care) {
    super(client, EtlPipeline.class);
    this.care = care;
  }

  @Override
  Optional<Duration> look(EtlPipeline fresh, List<EtlPipeline> all) {
    return care.look(fresh, all);
  }

  @Override
  void forget(EtlPipeline gone) {
    care.forget(gone);
  }
}
