package dev.caretaker.operator;

import dev.caretaker.api.EsCluster;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.util.Objects;

/** Where the Operator SDK meets the care of EsClusters: it says when to look, nothing else. */
final class EsClusterReconciler implements Reconciler<EsCluster> {
  private final KubernetesClient client;
  private final EsClusterCare care;

  EsClusterReconciler(KubernetesClient client, EsClusterCare care) {
    this.client = client;
    this.care = care;
  }

  @Override
  public UpdateControl<EsCluster> reconcile(EsCluster cached, Context<EsCluster> context) {
    var metadata = cached.getMetadata();
    if (context.isPrimaryResourceDeleted()) {
      care.forget(cached);
      return UpdateControl.noUpdate();
    }
    // The cache may be older than our own last write; a pass must not be decided on that.
    var fresh =
        client
            .resources(EsCluster.class)
            .inNamespace(metadata.getNamespace())
            .withName(metadata.getName())
            .get();
    if (fresh == null || !Objects.equals(fresh.getMetadata().getUid(), metadata.getUid())) {
      care.forget(cached);
      return UpdateControl.noUpdate();
    }
    var all = context.getPrimaryCache().list().toList();
    UpdateControl<EsCluster> done = UpdateControl.noUpdate();
    care.look(fresh, all).ifPresent(done::rescheduleAfter);
    return done;
  }

  /** Our own status and finalizer writes are no reason to look again. */
  static boolean asksForALook(EsCluster now, EsCluster before) {
    var newer = now.getMetadata();
    var older = before.getMetadata();
    return !Objects.equals(newer.getUid(), older.getUid())
        || !Objects.equals(newer.getGeneration(), older.getGeneration())
        || !Objects.equals(newer.getDeletionTimestamp(), older.getDeletionTimestamp())
        || !Objects.equals(now.getSpec(), before.getSpec());
  }
}
