package dev.caretaker.operator;

import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Where the Operator SDK meets the care of resources: it says when to look, nothing else. */
abstract class FreshReconciler<R extends CustomResource<?, ?>> implements Reconciler<R> {
  private final KubernetesClient client;
  private final Class<R> type;
  private final SimpleInboundEventSource<R> bell = new SimpleInboundEventSource<>("bell");

  FreshReconciler(KubernetesClient client, Class<R> type) {
    this.client = client;
    this.type = type;
  }

  /** Looks at a resource, read after our own last write, among all that are known. */
  abstract Optional<Duration> look(R fresh, List<R> all);

  abstract void forget(R gone);

  @Override
  public List<EventSource<?, R>> prepareEventSources(EventSourceContext<R> context) {
    return List.of(bell);
  }

  /** Has a resource looked at now; before the controller has started that comes by itself. */
  void wake(String namespace, String name) {
    if (bell.isRunning()) {
      bell.propagateEvent(new ResourceID(name, namespace));
    }
  }

  @Override
  public UpdateControl<R> reconcile(R cached, Context<R> context) {
    var metadata = cached.getMetadata();
    if (context.isPrimaryResourceDeleted()) {
      forget(cached);
      return UpdateControl.noUpdate();
    }
    // The cache may be older than our own last write; a pass must not be decided on that.
    var fresh =
        client
            .resources(type)
            .inNamespace(metadata.getNamespace())
            .withName(metadata.getName())
            .get();
    if (fresh == null || !Objects.equals(fresh.getMetadata().getUid(), metadata.getUid())) {
      forget(cached);
      return UpdateControl.noUpdate();
    }
    var all = context.getPrimaryCache().list().toList();
    UpdateControl<R> done = UpdateControl.noUpdate();
    look(fresh, all).ifPresent(done::rescheduleAfter);
    return done;
  }

  /** Our own status and finalizer writes are no reason to look again. */
  static boolean asksForALook(CustomResource<?, ?> now, CustomResource<?, ?> before) {
    var newer = now.getMetadata();
    var older = before.getMetadata();
    return !Objects.equals(newer.getUid(), older.getUid())
        || !Objects.equals(newer.getGeneration(), older.getGeneration())
        || !Objects.equals(newer.getDeletionTimestamp(), older.getDeletionTimestamp())
        || !Objects.equals(now.getSpec(), before.getSpec());
  }
}
