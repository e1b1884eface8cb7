package dev.caretaker.operator;

import dev.caretaker.mapping.Statuses;
import dev.caretaker.pass.ProgressStore.StaleWriter;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One resource during one pass, as the API server last returned it. Every write carries the
 * resourceVersion of what was read, so that a deposed leader's writes fail.
 *
 * @param <S> its spec
 * @param <T> its status
 * @param <R> the resource
 */
abstract class Stored<S, T, R extends CustomResource<S, T>> {
  static final String FINALIZER = "caretaker.dev/restore";
  private static final int CONFLICT = 409;
  private static final int NOT_FOUND = 404;

  private final KubernetesClient client;
  private final Clock clock;
  private final Class<R> type;
  private final Supplier<R> empty;
  private R current;

  Stored(KubernetesClient client, Clock clock, Class<R> type, Supplier<R> empty, R fresh) {
    this.client = client;
    this.clock = clock;
    this.type = type;
    this.empty = empty;
    this.current = fresh;
  }

  R current() {
    return current;
  }

  Instant now() {
    return clock.instant();
  }

  String uid() {
    return current.getMetadata().getUid();
  }

  /** {@code namespace/name}. */
  String name() {
    return current.getMetadata().getNamespace() + "/" + current.getMetadata().getName();
  }

  long generation() {
    return current.getMetadata().getGeneration();
  }

  /** When the deletion was asked for. */
  Optional<Instant> deletedAt() {
    return Optional.ofNullable(current.getMetadata().getDeletionTimestamp()).map(Instant::parse);
  }

  boolean hasFinalizer() {
    return current.getMetadata().getFinalizers().contains(FINALIZER);
  }

  /** Everything that is wrong with the spec. */
  abstract List<String> problems();

  /** Writes that the spec cannot be used and there is no other. */
  abstract void refuse() throws StaleWriter;

  /** Writes what is left behind, before the finalizer goes all the same. */
  abstract void leaveBehind(String sentence) throws StaleWriter;

  /** Proves that nobody has written since; for effects that come without a write of our own. */
  void checkUnchanged() throws StaleWriter {
    var now = stored().get();
    var version = current.getMetadata().getResourceVersion();
    if (now == null || !version.equals(now.getMetadata().getResourceVersion())) {
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
    var version = current.getMetadata().getResourceVersion();
    var patch = Map.of("metadata", Map.of("resourceVersion", version, "finalizers", finalizers));
    try {
      current = stored().patch(PatchContext.of(PatchType.JSON_MERGE), Serialization.asJson(patch));
    } catch (KubernetesClientException failure) {
      throw staleOr(failure);
    }
  }

  /** Writes a status, or nothing where that is what stands there. */
  void write(T wanted) throws StaleWriter {
    if (Statuses.same(wanted, current.getStatus())) {
      return;
    }
    var copy = empty.get();
    copy.setMetadata(current.getMetadata());
    copy.setSpec(current.getSpec());
    copy.setStatus(wanted);
    try {
      current = client.resource(copy).updateStatus();
    } catch (KubernetesClientException failure) {
      throw staleOr(failure);
    }
  }

  private Resource<R> stored() {
    var metadata = current.getMetadata();
    return client.resources(type).inNamespace(metadata.getNamespace()).withName(metadata.getName());
  }

  private StaleWriter staleOr(KubernetesClientException failure) {
    if (failure.getCode() == CONFLICT || failure.getCode() == NOT_FOUND) {
      return new StaleWriter(name() + " was changed by somebody else", failure);
    }
    throw failure;
  }
}
