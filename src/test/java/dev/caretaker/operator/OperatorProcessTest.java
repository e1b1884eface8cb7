package dev.caretaker.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.api.EsCluster;
import dev.caretaker.api.EsClusterSpec;
import dev.caretaker.sandbox.kubernetes.ApiServer;
import dev.caretaker.testkit.ApiServerClients;
import dev.caretaker.testkit.RequiresApiServer;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The operator as its own process, with the real API server and no cluster behind it. */
@RequiresApiServer
class OperatorProcessTest {
  private final ApiServer server;
  private final KubernetesClient client;
  private final String namespace = "process-" + Long.toString(System.nanoTime(), 36);
  private final List<Process> processes = new ArrayList<>();

  OperatorProcessTest(ApiServer server) {
    this.server = server;
    this.client = ApiServerClients.open(server);
  }

  @BeforeEach
  void prepare() throws IOException {
    ApiServerClients.applyCrds(client);
    var wanted = new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata();
    client.resource(wanted.build()).create();
  }

  @AfterEach
  void stopAll() throws InterruptedException {
    for (var each : processes) {
      each.destroyForcibly().waitFor();
    }
    client.close();
  }

  @Test
  void shouldReconcileSoonStaySmallAndStopAtOnce() throws Exception {
    create("lonely");
    var began = Instant.now();
    var operator = start();
    awaitCondition("lonely", Duration.ofSeconds(30));
    var took = Duration.between(began, Instant.now());
    var metrics = get(operator, "/metrics");

    assertThat(get(operator, "/healthz")).isEqualTo("ok\n");
    assertThat(get(operator, "/readyz")).isEqualTo("ok\n");
    assertThat(metrics).contains("caretaker_verdict{").contains("reason=\"Unobserved\"");
    System.out.println("first reconcile after " + took + ", resident " + resident(operator));

    operator.destroy();

    assertThat(operator.waitFor(8, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void shouldTakeOverAtOnceUnderTheSameIdentity() throws Exception {
    create("first");
    var arguments =
        new String[] {
          "--leader-election", "--leader-election-namespace", namespace, "--identity", "me"
        };
    var operator = start(arguments);
    awaitCondition("first", Duration.ofSeconds(30));

    operator.destroyForcibly().waitFor();
    create("second");
    start(arguments);

    awaitCondition("second", Duration.ofSeconds(14));
  }

  @Test
  void shouldEndWhenAnotherOneLeads() throws Exception {
    create("first");
    var operator =
        start("--leader-election", "--leader-election-namespace", namespace, "--identity", "me");
    awaitCondition("first", Duration.ofMinutes(2));

    client
        .leases()
        .inNamespace(namespace)
        .withName("caretaker-operator")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"holderIdentity\":\"another\"}}");

    assertThat(operator.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(operator.exitValue()).isEqualTo(1);
  }

  private Process start(String... more) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx96m"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.caretaker.Main"));
    command.addAll(List.of("run", "--kubeconfig", server.kubeconfig().toString()));
    command.addAll(List.of("--namespaces", namespace, "--health-port", "0"));
    command.addAll(List.of(more));
    var log = Path.of("target", "operator-" + processes.size() + ".log").toFile();
    var process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
    processes.add(process);
    return process;
  }

  private void create(String name) {
    var resource = new EsCluster();
    resource.getMetadata().setNamespace(namespace);
    resource.getMetadata().setName(name);
    resource.setSpec(
        Serialization.unmarshal(
            "connection: {endpoints: [\"http://127.0.0.1:9\"]}", EsClusterSpec.class));
    client.resource(resource).create();
  }

  private void awaitCondition(String name, Duration within) {
    client
        .resources(EsCluster.class)
        .inNamespace(namespace)
        .withName(name)
        .waitUntilCondition(
            each ->
                each != null
                    && each.getStatus() != null
                    && "unknown".equals(each.getStatus().health()),
            within.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  private String get(Process operator, String path) throws IOException, InterruptedException {
    var log =
        Files.readString(Path.of("target", "operator-" + processes.indexOf(operator) + ".log"));
    var port = log.replaceAll("(?s).*health on http://127.0.0.1:(\\d+).*", "$1");
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  private static String resident(Process operator) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + operator.pid() + "/status")).stream()
        .filter(line -> line.startsWith("VmRSS"))
        .findFirst()
        .orElse("unknown");
  }
}
