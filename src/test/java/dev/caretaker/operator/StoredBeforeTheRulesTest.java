package dev.caretaker.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caretaker.api.EsCluster;
import dev.caretaker.api.StatusCondition;
import dev.caretaker.sandbox.kubernetes.ApiServer;
import dev.caretaker.sandbox.stand.Crds;
import dev.caretaker.testkit.ApiServerClients;
import dev.caretaker.testkit.RequiresApiServer;
import dev.caretaker.world.World;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Objects that an older version let in, under the rules of today, on a real API server. */
@RequiresApiServer
class StoredBeforeTheRulesTest {
  private static final String OLD = "connection: {endpoints: ['http://127.0.0.1:9200']}\n";

  private final KubernetesClient client;
  private final String namespace = "before-" + Long.toString(System.nanoTime(), 36);
  private final World world =
      World.builder(1).node("a", "z").node("b", "z").index("logs", 1, 1, 1_000, 10).build();

  StoredBeforeTheRulesTest(ApiServer server) {
    this.client = ApiServerClients.open(server);
  }

  @BeforeEach
  void storeThem() throws IOException, InterruptedException {
    ApiServerClients.applyCrds(client);
    var wanted = new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata();
    client.resource(wanted.build()).create();
    new Crds(client).withoutRules(this::createOdd);
    awaitRules();
    create("good", OLD);
  }

  @AfterEach
  void close() {
    client.resources(EsCluster.class).inNamespace(namespace).delete();
    client.close();
  }

  @Test
  void shouldCareForTheOthersAndSayWhatIsWrongWithEach() throws IOException {
    try (var run = run(client.getConfiguration())) {
      assertThat(message(await("good", "True"))).contains("no problems");
      assertThat(message(await("newer", "True"))).contains("no problems");
      assertThat(message(await("unruly", "False"))).contains("Purple").contains("mars");
      assertThat(message(await("odd", "False"))).contains("spec.paused").contains("spec.readyWhen");
      awaitEvent("poison", "StatusRefused");
      assertThat(run.healthPort()).isPositive();
    }
  }

  @Test
  void shouldStillPutTheFinalizerThereAndTakeItAway() throws Exception {
    for (var name : List.of("odd", "unruly", "newer")) {
      var stored = new StoredEsCluster(client, Clock.systemUTC(), read(name));
      stored.addFinalizer();
      assertThat(read(name).getMetadata().getFinalizers()).contains(StoredEsCluster.FINALIZER);
      stored.removeFinalizer();
      assertThat(read(name).getMetadata().getFinalizers()).isEmpty();
    }
  }

  private OperatorRun run(io.fabric8.kubernetes.client.Config config) throws IOException {
    var settings =
        new OperatorSettings(
            Set.of(namespace),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            Optional.empty());
    return new OperatorRun(
        new io.fabric8.kubernetes.client.KubernetesClientBuilder().withConfig(config).build(),
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

  private void createOdd() {
    create("poison", "{paused: banana, connection: [1, 2], zones: {list: {a: b}}}");
    create("odd", OLD + "paused: banana\nreadyWhen: [Red]\n");
    create("unruly", OLD + "readyWhen: Purple\nrollout: {select: {zones: [mars]}}\n");
    create("newer", OLD + "somethingNew: {of: tomorrow}\n");
  }

  private void awaitRules() throws InterruptedException {
    for (int i = 0; i < 100; i++) {
      try {
        client.resource(resource("probe", OLD + "readyWhen: Purple\n")).dryRun().create();
        TimeUnit.MILLISECONDS.sleep(100);
      } catch (KubernetesClientException refused) {
        break;
      }
    }
    assertThatThrownBy(() -> create("probe", OLD + "readyWhen: Purple\n"))
        .hasMessageContaining("Unsupported value: \"Purple\"");
  }

  private void create(String name, String spec) {
    client.resource(resource(name, spec)).create();
  }

  private GenericKubernetesResource resource(String name, String spec) {
    var yaml =
        "apiVersion: caretaker.dev/v1alpha1\nkind: EsCluster\n"
            + "metadata: {name: %s, namespace: %s}\nspec:\n%s\n"
                .formatted(name, namespace, spec.indent(2));
    return Serialization.unmarshal(yaml, GenericKubernetesResource.class);
  }

  private void awaitEvent(String name, String reason) {
    assertThat(
            client
                .v1()
                .events()
                .inNamespace(namespace)
                .informOnCondition(seen -> seen.stream().anyMatch(each -> is(each, name, reason))))
        .succeedsWithin(Duration.ofSeconds(30));
  }

  private static boolean is(Event event, String name, String reason) {
    return name.equals(event.getInvolvedObject().getName()) && reason.equals(event.getReason());
  }

  private EsCluster read(String name) {
    return client.resources(EsCluster.class).inNamespace(namespace).withName(name).require();
  }

  private EsCluster await(String name, String specValid) {
    return client
        .resources(EsCluster.class)
        .inNamespace(namespace)
        .withName(name)
        .waitUntilCondition(
            each -> specValid(each).filter(c -> specValid.equals(c.status())).isPresent(),
            30,
            TimeUnit.SECONDS);
  }

  private static String message(EsCluster resource) {
    return Objects.requireNonNull(specValid(resource).orElseThrow().message());
  }

  private static Optional<StatusCondition> specValid(EsCluster each) {
    if (each == null || each.getStatus() == null || each.getStatus().conditions() == null) {
      return Optional.empty();
    }
    return each.getStatus().conditions().stream()
        .filter(c -> "SpecValid".equals(c.type()))
        .findFirst();
  }
}
