package dev.caretaker.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.api.EsCluster;
import dev.caretaker.world.World;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The in-memory API server validates nothing, which is what odd objects need to exist. */
class OperatorOnMockServerTest {
  private static final CustomResourceDefinitionContext ES_CLUSTERS =
      CustomResourceDefinitionContext.fromCustomResourceType(EsCluster.class);

  private final World world =
      World.builder(1).node("a", "z").node("b", "z").index("logs", 1, 1, 1_000, 10).build();
  private final KubernetesMockServer server =
      new KubernetesMockServer(
          new Context(),
          new MockWebServer(),
          new HashMap<>(),
          new KubernetesCrudDispatcher(List.of(ES_CLUSTERS)),
          false);

  @BeforeEach
  void start() {
    server.init(InetAddress.getLoopbackAddress(), 0);
  }

  @AfterEach
  void stop() {
    server.destroy();
  }

  @Test
  void shouldCareForTheOthersWhenOneObjectIsOdd() throws IOException {
    var client = server.createClient();
    create(client, "odd", "{paused: banana, connection: [1, 2], zones: {list: {a: b}}}");
    create(client, "good", "{connection: {endpoints: ['http://127.0.0.1:9200']}}");

    try (var run = run(server.createClient())) {
      var good = await(client, "good", "SpecValid", "True");
      var odd = await(client, "odd", "SpecValid", "False");

      assertThat(run.healthPort()).isPositive();
      assertThat(good.getStatus().engine()).startsWith("elasticsearch");
      assertThat(Objects.requireNonNull(odd.getStatus().conditions()).get(0).message())
          .contains("spec.paused")
          .contains("spec.connection")
          .contains("spec.zones.list");
    }
    client.close();
  }

  private OperatorRun run(KubernetesClient client) throws IOException {
    var settings =
        new OperatorSettings(
            Set.of(), new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), Optional.empty());
    return new OperatorRun(
        client,
        (access, attribute, secrets) -> new Ports(world.engine(), world.hosts(), () -> {}),
        region -> {
          throw new AssertionError("no fleet is there to ask for a market");
        },
        (region, queue) -> {
          throw new AssertionError("no fleet is there to ask for a queue");
        },
        new RealPipelines(),
        settings);
  }

  private static void create(KubernetesClient client, String name, String spec) {
    var yaml =
        "apiVersion: caretaker.dev/v1alpha1\nkind: EsCluster\n"
            + "metadata: {name: %s, namespace: test}\nspec: %s\n".formatted(name, spec);
    client.resource(Serialization.unmarshal(yaml, GenericKubernetesResource.class)).create();
  }

  private static EsCluster await(KubernetesClient client, String name, String type, String status) {
    return client
        .resources(EsCluster.class)
        .inNamespace("test")
        .withName(name)
        .waitUntilCondition(each -> says(each, type, status), 20, TimeUnit.SECONDS);
  }

  private static boolean says(EsCluster each, String type, String status) {
    var written = each == null ? null : each.getStatus();
    return written != null
        && written.health() != null
        && Objects.requireNonNullElse(
                written.conditions(), List.<dev.caretaker.api.StatusCondition>of())
            .stream()
            .anyMatch(c -> type.equals(c.type()) && status.equals(c.status()));
  }
}
