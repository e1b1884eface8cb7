package dev.caretaker.operator;

import dev.caretaker.api.SpotFleet;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Looks at SpotFleets. */
final class SpotFleetReconciler extends FreshReconciler<SpotFleet> {
  private final SpotFleetCare care;

  SpotFleetReconciler(KubernetesClient client, SpotFleetCare care) {
    super(client, SpotFleet.class);
    this.care = care;
  }

  @Override
  Optional<Duration> look(SpotFleet fresh, List<SpotFleet> all) {
    return care.look(fresh, all);
  }

  @Override
  void forget(SpotFleet gone) {
    care.forget(gone);
  }
}
