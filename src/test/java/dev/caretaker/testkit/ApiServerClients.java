package dev.caretaker.testkit;

import dev.caretaker.sandbox.kubernetes.ApiServer;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionStatus;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Clients of the API server of the tests, with the CRDs in place. */
public final class ApiServerClients {

  private ApiServerClients() {}

  public static KubernetesClient open(ApiServer server) {
    var config = Config.fromKubeconfig(server.kubeconfig().toFile());
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  public static void applyCrds(KubernetesClient client) throws IOException {
    applyCrd(client, "esclusters.caretaker.dev");
    applyCrd(client, "etlpipelines.caretaker.dev");
    applyCrd(client, "spotfleets.caretaker.dev");
  }

  /** Installs the definition of that name, and returns when it is served. */
  public static void applyCrd(KubernetesClient client, String name) throws IOException {
    var file = Files.readString(Path.of("crds", name + "-v1.yml"));
    client
        .resource(Serialization.unmarshal(file, CustomResourceDefinition.class))
        .forceConflicts()
        .serverSideApply();
    client
        .apiextensions()
        .v1()
        .customResourceDefinitions()
        .withName(name)
        .waitUntilCondition(ApiServerClients::established, 20, TimeUnit.SECONDS);
  }

  /** A new one has a status without conditions for a moment. */
  private static boolean established(CustomResourceDefinition crd) {
    return Optional.ofNullable(crd)
        .map(CustomResourceDefinition::getStatus)
        .map(CustomResourceDefinitionStatus::getConditions)
        .orElse(List.of())
        .stream()
        .anyMatch(each -> "Established".equals(each.getType()) && "True".equals(each.getStatus()));
  }
}
