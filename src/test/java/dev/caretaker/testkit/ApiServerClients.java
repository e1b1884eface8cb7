package dev.caretaker.testkit;

import dev.caretaker.sandbox.kubernetes.ApiServer;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Clients of the API server of the tests, with the CRDs in place. */
public final class ApiServerClients {

  private ApiServerClients() {}

  public static KubernetesClient open(ApiServer server) {
    var config = Config.fromKubeconfig(server.kubeconfig().toFile());
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  public static void applyCrds(KubernetesClient client) throws IOException {
    var file = Files.readString(Path.of("crds", "esclusters.caretaker.dev-v1.yml"));
    client
        .resource(Serialization.unmarshal(file, CustomResourceDefinition.class))
        .forceConflicts()
        .serverSideApply();
    client
        .apiextensions()
        .v1()
        .customResourceDefinitions()
        .withName("esclusters.caretaker.dev")
        .waitUntilCondition(ApiServerClients::established, 20, TimeUnit.SECONDS);
  }

  /** The schema of the spec of an EsCluster, as the server has it. */
  public static JSONSchemaProps specSchema(KubernetesClient client) {
    var crd =
        client
            .apiextensions()
            .v1()
            .customResourceDefinitions()
            .withName("esclusters.caretaker.dev")
            .require();
    return Objects.requireNonNull(
        crd.getSpec()
            .getVersions()
            .get(0)
            .getSchema()
            .getOpenAPIV3Schema()
            .getProperties()
            .get("spec"));
  }

  /** Does what the rules would refuse, as an older version let it in. */
  public static void withoutRules(KubernetesClient client, Runnable deed) throws IOException {
    try {
      client
          .apiextensions()
          .v1()
          .customResourceDefinitions()
          .withName("esclusters.caretaker.dev")
          .edit(ApiServerClients::withoutRules);
      onceAllowed(deed);
    } finally {
      applyCrds(client);
    }
  }

  private static CustomResourceDefinition withoutRules(CustomResourceDefinition crd) {
    var anything = new JSONSchemaPropsBuilder().withXKubernetesPreserveUnknownFields().build();
    var version = crd.getSpec().getVersions().get(0);
    version.getSchema().getOpenAPIV3Schema().getProperties().put("spec", anything);
    return crd;
  }

  /** A changed schema counts after a moment. */
  private static void onceAllowed(Runnable deed) {
    for (int i = 0; i < 100; i++) {
      try {
        deed.run();
        return;
      } catch (KubernetesClientException notYet) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
      }
    }
    deed.run();
  }

  private static boolean established(CustomResourceDefinition crd) {
    return crd != null
        && crd.getStatus() != null
        && crd.getStatus().getConditions().stream()
            .anyMatch(
                each -> "Established".equals(each.getType()) && "True".equals(each.getStatus()));
  }
}
