package dev.caretaker.sandbox.stand;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Caretaker's resource definitions in the API server. */
public final class Crds {

  private static final String NAME = "esclusters.caretaker.dev";
  private static final List<String> NAMES =
      List.of(NAME, "etlpipelines.caretaker.dev", "spotfleets.caretaker.dev");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final KubernetesClient client;
  private final List<String> ours = new ArrayList<>();

  public Crds(KubernetesClient client) {
    this.client = client;
  }

  /**
   * Installs them, and returns when they are served.
   *
   * @throws IOException when they are not in time
   */
  void install() throws IOException, InterruptedException {
    for (var name : NAMES) {
      install(name);
    }
    awaitServed();
  }

  private void install(String name) throws IOException {
    var file = "/crds/" + name + "-v1.yml";
    var stream = Optional.ofNullable(Crds.class.getResourceAsStream(file));
    if (stream.isEmpty()) {
      throw new IOException("this build of Caretaker has no " + file);
    }
    try (var yaml = stream.get()) {
      var definition =
          client.getKubernetesSerialization().unmarshal(yaml, CustomResourceDefinition.class);
      if (!exists(name)) {
        ours.add(name);
      }
      client.resource(definition).createOr(NonDeletingOperation::update);
    }
  }

  /**
   * Returns when they are served.
   *
   * @throws IOException when they are not in time
   */
  void awaitServed() throws IOException, InterruptedException {
    var end = Instant.now().plus(PATIENCE);
    while (!NAMES.stream().allMatch(this::served)) {
      if (Instant.now().isAfter(end)) {
        throw new IOException(NAMES + " are not served within " + PATIENCE.toSeconds() + " s");
      }
      Thread.sleep(200);
    }
  }

  /** Removes them if they were not there before. */
  void remove() {
    ours.forEach(name -> definition(name).delete());
  }

  /** The schema of the spec of an EsCluster, as the server has it. */
  public JsonNode specSchema() {
    var raw =
        client
            .genericKubernetesResources("apiextensions.k8s.io/v1", "CustomResourceDefinition")
            .withName(NAME)
            .require();
    return client
        .getKubernetesSerialization()
        .convertValue(raw.getAdditionalProperties().get("spec"), JsonNode.class)
        .at("/versions/0/schema/openAPIV3Schema/properties/spec");
  }

  /**
   * Does what the rules would refuse, as an older version let it in. Afterwards they stand again,
   * and are in force a moment later.
   *
   * @throws KubernetesClientException where it is refused without the rules, too
   */
  public void withoutRules(Runnable deed) throws InterruptedException {
    var before = definition(NAME).require().getSpec();
    definition(NAME).edit(Crds::lax);
    try {
      onceAllowed(deed);
    } finally {
      definition(NAME)
          .edit(crd -> new CustomResourceDefinitionBuilder(crd).withSpec(before).build());
    }
  }

  private static CustomResourceDefinition lax(CustomResourceDefinition crd) {
    var anything = new JSONSchemaPropsBuilder().withXKubernetesPreserveUnknownFields().build();
    var version = crd.getSpec().getVersions().get(0);
    version.getSchema().getOpenAPIV3Schema().getProperties().put("spec", anything);
    return crd;
  }

  /** A changed schema counts after a moment. */
  private static void onceAllowed(Runnable deed) throws InterruptedException {
    for (int i = 0; i < 100; i++) {
      try {
        deed.run();
        return;
      } catch (KubernetesClientException notYet) {
        Thread.sleep(100);
      }
    }
    deed.run();
  }

  private boolean exists(String name) {
    return Optional.ofNullable(definition(name).get()).isPresent();
  }

  private boolean served(String name) {
    var conditions =
        Optional.ofNullable(definition(name).get())
            .flatMap(found -> Optional.ofNullable(found.getStatus()))
            .flatMap(status -> Optional.ofNullable(status.getConditions()));
    // The mock server establishes nothing and serves everything.
    return conditions.isEmpty()
        ? client.getMasterUrl().getProtocol().equals("http")
        : conditions.get().stream()
            .anyMatch(
                each -> each.getType().equals("Established") && each.getStatus().equals("True"));
  }

  private Resource<CustomResourceDefinition> definition(String name) {
    return client.apiextensions().v1().customResourceDefinitions().withName(name);
  }
}
