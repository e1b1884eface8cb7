package dev.caretaker.operator;

import dev.caretaker.api.EsCluster;
import dev.caretaker.api.EsClusterStatus;
import dev.caretaker.api.EsRolloutStatus;
import dev.caretaker.elastic.EsDecision;
import dev.caretaker.elastic.EsProgress;
import dev.caretaker.mapping.EsPolicyParser;
import dev.caretaker.mapping.EsStatusWriter;
import dev.caretaker.mapping.Planned;
import dev.caretaker.mapping.ProgressCodec;
import dev.caretaker.mapping.SpecInForce;
import dev.caretaker.pass.ProgressStore;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One EsCluster during one pass, as the API server last returned it. Every write carries the
 * resourceVersion of what was read, so that a deposed leader's writes fail.
 */
final class StoredEsCluster implements ProgressStore {
  static final String FINALIZER = "caretaker.dev/restore";
  private static final int CONFLICT = 409;
  private static final int NOT_FOUND = 404;

  private final KubernetesClient client;
  private final Clock clock;
  private final SpecInForce spec;
  private EsCluster current;

  StoredEsCluster(KubernetesClient client, Clock clock, EsCluster fresh) {
    this.client = client;
    this.clock = clock;
    this.current = fresh;
    this.spec = SpecInForce.of(fresh);
  }

  EsCluster current() {
    return current;
  }

  SpecInForce spec() {
    return spec;
  }

  String uid() {
    return current.getMetadata().getUid();
  }

  /** {@code namespace/name}. */
  String name() {
    return current.getMetadata().getNamespace() + "/" + current.getMetadata().getName();
  }

  String owner() {
    return EsPolicyParser.owner(current);
  }

  EsProgress progress() {
    return ProgressCodec.decode(status().progress());
  }

  /** When the deletion was asked for. */
  Optional<Instant> deletedAt() {
    return Optional.ofNullable(current.getMetadata().getDeletionTimestamp()).map(Instant::parse);
  }

  boolean hasFinalizer() {
    return current.getMetadata().getFinalizers().contains(FINALIZER);
  }

  @Override
  public void save(EsProgress progress) throws StaleWriter {
    write(status -> writer(status).beforeActing(progress));
  }

  /** Writes the outcome of a pass, or nothing where that is what stands there. */
  void finish(EsDecision decision, Optional<Planned> plan) throws StaleWriter {
    write(status -> writer(status).decided(decision, plan));
  }

  /** The rollout that goes on, or the last one. */
  Optional<EsRolloutStatus> rollout() {
    return Optional.ofNullable(status().lastRollout());
  }

  /** Writes that the spec cannot be used and there is no other. */
  void refuse() throws StaleWriter {
    write(status -> writer(status).refused());
  }

  /** Writes what is left behind, before the finalizer goes all the same. */
  void leaveBehind(String sentence) throws StaleWriter {
    write(status -> writer(status).leftBehind(sentence));
  }

  /** Writes which cluster this is, by which duplicates find each other before anybody acts. */
  void meet(String clusterUuid) throws StaleWriter {
    write(status -> writer(status).met(clusterUuid));
  }

  /** Proves that nobody has written since; for effects that come without a write of our own. */
  void checkUnchanged() throws StaleWriter {
    var metadata = current.getMetadata();
    var now =
        client
            .resources(EsCluster.class)
            .inNamespace(metadata.getNamespace())
            .withName(metadata.getName())
            .get();
    if (now == null
        || !metadata.getResourceVersion().equals(now.getMetadata().getResourceVersion())) {
      throw new StaleWriter(name() + " was changed by somebody else");
    }
  }

  /** Keeps the resource from vanishing while something outside must be put back. */
  void addFinalizer() throws StaleWriter {
    if (!hasFinalizer()) {
      var finalizers = new ArrayList<>(current.getMetadata().getFinalizers());
      finalizers.add(FINALIZER);
      patchFinalizers(finalizers);
    }
  }

  void removeFinalizer() throws StaleWriter {
    if (hasFinalizer()) {
      var finalizers = new ArrayList<>(current.getMetadata().getFinalizers());
      finalizers.remove(FINALIZER);
      patchFinalizers(finalizers);
    }
  }

  /** A patch, because a whole update would drop spec fields of a newer version. */
  private void patchFinalizers(List<String> finalizers) throws StaleWriter {
    var metadata = current.getMetadata();
    var patch =
        Map.of(
            "metadata",
            Map.of("resourceVersion", metadata.getResourceVersion(), "finalizers", finalizers));
    try {
      current =
          client
              .resources(EsCluster.class)
              .inNamespace(metadata.getNamespace())
              .withName(metadata.getName())
              .patch(PatchContext.of(PatchType.JSON_MERGE), Serialization.asJson(patch));
    } catch (KubernetesClientException failure) {
      throw staleOr(failure);
    }
  }

  private void write(UnaryOperator<EsClusterStatus> change) throws StaleWriter {
    var wanted = change.apply(status());
    if (EsStatusWriter.same(wanted, current.getStatus())) {
      return;
    }
    var copy = new EsCluster();
    copy.setMetadata(current.getMetadata());
    copy.setSpec(current.getSpec());
    copy.setStatus(wanted);
    try {
      current = client.resource(copy).updateStatus();
    } catch (KubernetesClientException failure) {
      throw staleOr(failure);
    }
  }

  private StaleWriter staleOr(KubernetesClientException failure) {
    if (failure.getCode() == CONFLICT || failure.getCode() == NOT_FOUND) {
      return new StaleWriter(name() + " was changed by somebody else", failure);
    }
    throw failure;
  }

  private EsStatusWriter writer(EsClusterStatus previous) {
    return new EsStatusWriter(
        previous, spec, current.getMetadata().getGeneration(), clock.instant());
  }

  private EsClusterStatus status() {
    return Optional.ofNullable(current.getStatus()).orElse(EsClusterStatus.EMPTY);
  }
}
