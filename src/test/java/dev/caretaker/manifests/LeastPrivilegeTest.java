package dev.caretaker.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.api.EsCluster;
import dev.caretaker.api.EsClusterStatus;
import dev.caretaker.sandbox.engine.EngineCluster;
import dev.caretaker.sandbox.engine.EngineKind;
import dev.caretaker.sandbox.engine.EngineNode;
import dev.caretaker.sandbox.engine.EngineOptions;
import dev.caretaker.sandbox.keeper.KeeperServer;
import dev.caretaker.sandbox.kubernetes.ApiServer;
import dev.caretaker.sandbox.kubernetes.AuditLevel;
import dev.caretaker.sandbox.kubernetes.AuditLog;
import dev.caretaker.sandbox.kubernetes.KubernetesBinaries;
import dev.caretaker.testkit.ApiServerClients;
import dev.caretaker.testkit.Kubectl;
import dev.caretaker.testkit.RealEngine;
import dev.caretaker.testkit.RequiresApiServer;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A whole bounce of a real cluster with the manifests' own account: enough rights, and no more. */
@Tag("engine")
@RequiresApiServer
class LeastPrivilegeTest {
  private static final String NAMESPACE = "caretaker-system";
  private static final String ACCOUNT = "system:serviceaccount:" + NAMESPACE + ":caretaker";
  private static final Path FOLDER = Path.of("target", "least-privilege");

  /** The Operator SDK does not start without it, though it renews its Lease by patch. */
  private static final String ASKED_FOR_ONLY = "update coordination.k8s.io/leases";

  @Test
  void shouldBounceWithNoRefusalAndNoRightToSpare(KubernetesBinaries binaries) throws Exception {
    var directory = Files.createDirectories(FOLDER);
    Files.deleteIfExists(directory.resolve("operator.log"));
    try (var server = ApiServer.start(binaries, FOLDER.resolve("api"), AuditLevel.METADATA);
        var client = ApiServerClients.open(server);
        var cluster =
            RealEngine.prepare(
                EngineKind.ES8, "backup=2,spot=1", "privilege", EngineOptions.defaults());
        var keeper = new KeeperServer(cluster.keeper(), 0)) {
      cluster.start();
      var kubectl = new Kubectl(server);
      var overlay = "manifests/overlays/single-namespace";
      kubectl.run("apply", "--server-side", "--force-conflicts", "-k", overlay);
      ApiServerClients.applyCrds(client);
      apply(kubectl, cluster, keeper);
      var operator = start(client, server, token(kubectl));
      try {
        bounce(client);
        client.resources(EsCluster.class).inNamespace(NAMESPACE).withName("main").delete();
        client
            .resources(EsCluster.class)
            .inNamespace(NAMESPACE)
            .withName("main")
            .waitUntilCondition(each -> each == null, 60, TimeUnit.SECONDS);
      } finally {
        operator.destroy();
        operator.waitFor();
      }
      var log = AuditLog.of(server.auditLog(), ACCOUNT);
      assertThat(log.forbidden()).isEmpty();
      assertThat(log.requests()).isNotEmpty();
      assertThat(unused(client, log)).containsExactly(ASKED_FOR_ONLY);
    }
  }

  private static void bounce(KubernetesClient client) {
    var resource = client.resources(EsCluster.class).inNamespace(NAMESPACE).withName("main");
    resource.waitUntilCondition(each -> says(each, "Reconciling", "False"), 120, TimeUnit.SECONDS);
    var asked = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    resource.patch(
        PatchContext.of(PatchType.JSON_MERGE),
        "{\"spec\":{\"rollout\":{\"restartedAt\":\"" + asked + "\"}}}");
    resource.waitUntilCondition(
        each -> says(each, "Reconciling", "False") && bounced(each, asked), 9, TimeUnit.MINUTES);
  }

  private static boolean bounced(EsCluster each, Instant asked) {
    var nodes = Optional.ofNullable(each.getStatus()).map(EsClusterStatus::nodes);
    return nodes.isPresent()
        && nodes.get().size() == 3
        && nodes.get().stream()
            .allMatch(
                node -> node.startedAt() != null && Instant.parse(node.startedAt()).isAfter(asked));
  }

  private static boolean says(EsCluster each, String type, String status) {
    return each != null
        && each.getStatus() != null
        && each.getStatus().conditions() != null
        && each.getStatus().conditions().stream()
            .anyMatch(c -> type.equals(c.type()) && status.equals(c.status()));
  }

  /** The deployment's own arguments; only the addresses are this machine's. */
  private static Process start(KubernetesClient client, ApiServer server, String token)
      throws IOException {
    var deployment = client.apps().deployments().inNamespace(NAMESPACE).withName("caretaker");
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx96m"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.caretaker.Main"));
    deployment.require().getSpec().getTemplate().getSpec().getContainers().get(0).getArgs().stream()
        .map(each -> each.replace("$(POD_NAMESPACE)", NAMESPACE).replace("$(POD_NAME)", "pod-1"))
        .map(each -> each.replace("0.0.0.0", "127.0.0.1").replace("port=8080", "port=0"))
        .forEach(command::add);
    var file = Files.writeString(FOLDER.resolve("kubeconfig"), kubeconfig(server, token));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(FOLDER.resolve("operator.log").toFile());
    builder.environment().put("KUBECONFIG", file.toAbsolutePath().toString());
    return builder.start();
  }

  private static String token(Kubectl kubectl) throws IOException, InterruptedException {
    return kubectl.run("create", "token", "caretaker", "-n", NAMESPACE).strip();
  }

  /** The administrator's file without the administrator. */
  private static String kubeconfig(ApiServer server, String token) throws IOException {
    return Files.readString(server.kubeconfig())
        .replaceAll("user: \\{[^}]*}", "user: {token: " + token + "}");
  }

  private static void apply(Kubectl kubectl, EngineCluster cluster, KeeperServer keeper)
      throws IOException, InterruptedException {
    var endpoints =
        cluster.nodes().stream()
            .map(each -> "\"" + each.url() + "\"")
            .collect(Collectors.joining(", "));
    var hosts =
        cluster.nodes().stream()
            .map(EngineNode::name)
            .map(name -> "{node: %s, zone: %s}".formatted(name, name.replaceAll("[0-9]", "")))
            .collect(Collectors.joining(", "));
    var yaml =
        """
        apiVersion: v1
        kind: Secret
        metadata: {name: es, namespace: %1$s}
        stringData: {username: caretaker, password: nobody-asks-for-it}
        ---
        apiVersion: caretaker.dev/v1alpha1
        kind: EsCluster
        metadata: {name: main, namespace: %1$s}
        spec:
          connection: {endpoints: [%2$s], credentialsSecret: {name: es}}
          zones: {list: [{name: backup, risk: Reliable}, {name: spot, risk: Risky}]}
          hosts: {access: {local: {keeper: "%3$s"}}, list: [%4$s]}
          rollout:
            accept: [{structural: SingleNodeZone, reason: a test, until: "2099-01-01T00:00:00Z"}]
        """
            .formatted(NAMESPACE, endpoints, keeper.url(), hosts);
    var file = Files.writeString(FOLDER.resolve("escluster.yaml"), yaml);
    kubectl.run("apply", "--server-side", "-f", file.toString());
  }

  private static List<String> unused(KubernetesClient client, AuditLog log) {
    var unused = new ArrayList<String>();
    client.rbac().roles().inNamespace(NAMESPACE).list().getItems().stream()
        .flatMap(role -> role.getRules().stream())
        .flatMap(LeastPrivilegeTest::rights)
        .filter(each -> !log.used(each.verb(), each.group(), each.resource()))
        .forEach(each -> unused.add(each.verb() + " " + each.group() + "/" + each.resource()));
    return unused;
  }

  private record Right(String verb, String group, String resource) {}

  private static Stream<Right> rights(PolicyRule rule) {
    return rule.getVerbs().stream()
        .flatMap(
            verb ->
                rule.getApiGroups().stream()
                    .flatMap(
                        group ->
                            rule.getResources().stream().map(it -> new Right(verb, group, it))));
  }
}
