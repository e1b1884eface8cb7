package dev.caretaker.testkit;

import dev.caretaker.sandbox.kubernetes.ApiServer;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

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

  private static boolean established(CustomResourceDefinition crd) {
    return crd != null
        && crd.getStatus() != null
        && crd.getStatus().getConditions().stream()
            .anyMatch(
                each -> "Established".equals(each.getType()) && "True".equals(each.getStatus()));
  }
}
