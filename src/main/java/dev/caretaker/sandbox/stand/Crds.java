package dev.caretaker.sandbox.stand;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Caretaker's resource definitions in the API server. */
final class Crds {

  private static final String FILE = "/crds/esclusters.caretaker.dev-v1.yml";
  private static final String NAME = "esclusters.caretaker.dev";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final KubernetesClient client;
  private boolean ours;

  Crds(KubernetesClient client) {
    this.client = client;
  }

  /**
   * Installs them, and returns when they are served.
   *
   * @throws IOException when they are not in time
   */
  void install() throws IOException, InterruptedException {
    var stream = Optional.ofNullable(Crds.class.getResourceAsStream(FILE));
    if (stream.isEmpty()) {
      throw new IOException("this build of Caretaker has no " + FILE);
    }
    try (var yaml = stream.get()) {
      var definition =
          client.getKubernetesSerialization().unmarshal(yaml, CustomResourceDefinition.class);
      ours = !exists();
      client.resource(definition).createOr(NonDeletingOperation::update);
    }
    var end = Instant.now().plus(PATIENCE);
    while (!served()) {
      if (Instant.now().isAfter(end)) {
        throw new IOException(NAME + " is not served within " + PATIENCE.toSeconds() + " s");
      }
      Thread.sleep(200);
    }
  }

  /** Removes them if they were not there before. */
  void remove() {
    if (ours) {
      definition().delete();
    }
  }

  private boolean exists() {
    return Optional.ofNullable(definition().get()).isPresent();
  }

  private boolean served() {
    var conditions =
        Optional.ofNullable(definition().get())
            .flatMap(found -> Optional.ofNullable(found.getStatus()))
            .flatMap(status -> Optional.ofNullable(status.getConditions()));
    // The mock server establishes nothing and serves everything.
    return conditions.isEmpty()
        ? client.getMasterUrl().getProtocol().equals("http")
        : conditions.get().stream()
            .anyMatch(
                each -> each.getType().equals("Established") && each.getStatus().equals("True"));
  }

  private Resource<CustomResourceDefinition> definition() {
    return client.apiextensions().v1().customResourceDefinitions().withName(NAME);
  }
}
