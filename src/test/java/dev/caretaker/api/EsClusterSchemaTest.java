package dev.caretaker.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caretaker.sandbox.kubernetes.ApiServer;
import dev.caretaker.testkit.RequiresApiServer;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the real API server makes of the CRD: it takes it, and refuses what it shall refuse. */
@RequiresApiServer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EsClusterSchemaTest {
  private static final String GOOD =
      """
      connection: {endpoints: ["http://127.0.0.1:9200"]}
      zones: {list: [{name: backup, risk: Reliable, copies: 1}, {name: spot, risk: Risky}]}
      hosts:
        access: {local: {keeper: "http://127.0.0.1:9800"}}
        list: [{node: backup1, zone: backup}, {node: spot1}]
      rollout: {restartedAt: "2026-11-20T12:00:00Z", maxUnavailable: {perZone: 2}}
      allocation: {enable: new_primaries}
      """;

  private final KubernetesClient client;

  EsClusterSchemaTest(ApiServer server) {
    client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(server.kubeconfig().toFile()))
            .build();
  }

  @BeforeAll
  void applyCrd() {
    var file = Path.of("crds", "esclusters.caretaker.dev-v1.yml").toFile();
    var crd = Serialization.unmarshal(read(file), CustomResourceDefinition.class);
    client.resource(crd).serverSideApply();
    client
        .apiextensions()
        .v1()
        .customResourceDefinitions()
        .withName("esclusters.caretaker.dev")
        .waitUntilCondition(EsClusterSchemaTest::established, 20, TimeUnit.SECONDS);
  }

  @AfterAll
  void close() {
    client.close();
  }

  @Test
  void shouldTakeAGoodSpec() {
    assertThat(create(GOOD).getSpec().rollout()).isNotNull();
  }

  @Test
  void shouldRefuseWhatTheSchemaForbids() {
    var bad =
        Map.of(
            "the same host",
            GOOD.replace("node: spot1", "node: backup1"),
            "an unknown zone",
            GOOD.replace("zone: backup}", "zone: nowhere}"),
            "no access",
            GOOD.replace("access: {local: {keeper: \"http://127.0.0.1:9800\"}}", ""),
            "the same zone",
            GOOD.replace("{name: spot,", "{name: backup,"),
            "a risk",
            GOOD.replace("Risky", "Sometimes"),
            "no time",
            GOOD.replace("2026-11-20T12:00:00Z", "yesterday"),
            "none at once",
            GOOD.replace("perZone: 2", "perZone: 0"),
            "a password",
            GOOD.replace("http://127.0.0.1:9200", "http://a:b@127.0.0.1:9200"),
            "an allocation",
            GOOD.replace("new_primaries", "some"));

    bad.forEach(
        (what, spec) ->
            assertThatThrownBy(() -> create(spec))
                .as(what)
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("Invalid"));
  }

  private EsCluster create(String spec) {
    var resource = new EsCluster();
    resource.getMetadata().setGenerateName("schema-");
    resource.getMetadata().setNamespace("default");
    resource.setSpec(Serialization.unmarshal(spec, EsClusterSpec.class));
    return client.resource(resource).dryRun().create();
  }

  private static boolean established(CustomResourceDefinition crd) {
    return crd != null
        && crd.getStatus() != null
        && crd.getStatus().getConditions().stream()
            .anyMatch(
                each -> "Established".equals(each.getType()) && "True".equals(each.getStatus()));
  }

  private static String read(java.io.File file) {
    try {
      return java.nio.file.Files.readString(file.toPath());
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
