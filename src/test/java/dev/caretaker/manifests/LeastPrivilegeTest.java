package dev.caretaker.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.api.EsCluster;
import dev.caretaker.api.EsClusterStatus;
import dev.caretaker.api.EtlPipeline;
import dev.caretaker.api.SpotFleet;
import dev.caretaker.sandbox.engine.EngineCluster;
import dev.caretaker.sandbox.engine.EngineKind;
import dev.caretaker.sandbox.engine.EngineNode;
import dev.caretaker.sandbox.engine.EngineOptions;
import dev.caretaker.sandbox.keeper.KeeperServer;
import dev.caretaker.sandbox.kubernetes.ApiServer;
import dev.caretaker.sandbox.kubernetes.AuditLevel;
import dev.caretaker.sandbox.kubernetes.AuditLog;
import dev.caretaker.sandbox.kubernetes.GrantedRights;
import dev.caretaker.sandbox.kubernetes.Kubectl;
import dev.caretaker.sandbox.kubernetes.KubernetesBinaries;
import dev.caretaker.sandbox.market.MarketServer;
import dev.caretaker.sandbox.market.NoticeQueue;
import dev.caretaker.sandbox.market.SmallMarket;
import dev.caretaker.sandbox.recorder.Journal;
import dev.caretaker.sandbox.stand.Manifests;
import dev.caretaker.sandbox.stand.OperatorProcess;
import dev.caretaker.testkit.ApiServerClients;
import dev.caretaker.testkit.RealEngine;
import dev.caretaker.testkit.RequiresApiServer;
import dev.caretaker.world.market.Market;
import dev.caretaker.world.market.SpotMachine;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A bounce of a node of a real cluster, a fleet from its first purchase to its end, and a pipeline
 * from its queue's making to its end, with the manifests' own account: enough rights, and no more.
 */
@Tag("engine")
@RequiresApiServer
class LeastPrivilegeTest {
  private static final String NAMESPACE = Manifests.NAMESPACE;
  private static final String QUEUE = "etl";
  private static final Path FOLDER = Path.of("target", "least-privilege");

  @Test
  void shouldBounceWithNoRefusalAndNoRightToSpare(KubernetesBinaries binaries) throws Exception {
    try (var server = ApiServer.start(binaries, FOLDER.resolve("api"), AuditLevel.METADATA);
        var client = ApiServerClients.open(server);
        var engine =
            RealEngine.prepare(
                EngineKind.ES8, "backup=2,spot=1", "privilege", EngineOptions.defaults());
        var keeper = new KeeperServer(engine.keeper(), 0);
        var market = SmallMarket.open(Clock.systemUTC());
        var queues = NoticeQueue.open()) {
      engine.start();
      var manifests = Manifests.apply(server, client, "single-namespace");
      apply(Kubectl.of(server), engine, keeper);
      try (var operator = operator(manifests, market, queues)) {
        operator.start();
        var pipeline = client.resources(EtlPipeline.class).inNamespace(NAMESPACE).withName("etl");
        pipeline.waitUntilCondition(LeastPrivilegeTest::stands, 3, TimeUnit.MINUTES);
        assertThat(queues.messages(QUEUE).exists()).isTrue();
        pipeline.delete();
        bounce(client);
        var fleet = client.resources(SpotFleet.class).inNamespace(NAMESPACE).withName("etl");
        fleet.waitUntilCondition(LeastPrivilegeTest::owns, 5, TimeUnit.MINUTES);
        awaitGone(pipeline);
        assertThat(queues.messages(QUEUE).exists()).isFalse();
        var cluster = client.resources(EsCluster.class).inNamespace(NAMESPACE).withName("main");
        var idle = client.resources(SpotFleet.class).inNamespace(NAMESPACE).withName("idle");
        cluster.delete();
        fleet.delete();
        idle.delete();
        awaitGone(cluster);
        awaitGone(fleet);
        awaitGone(idle);
        operator.stop();
      }
      assertThat(market.<Long>with(LeastPrivilegeTest::alive)).isZero();
      var log = AuditLog.of(server.auditLog(), Manifests.USER);
      assertThat(log.forbidden()).isEmpty();
      assertThat(log.requests()).isNotEmpty();
      assertThat(GrantedRights.of(client, NAMESPACE, Manifests.ACCOUNT).unused(log))
          .containsExactly(GrantedRights.ASKED_FOR_ONLY);
    }
  }

  private static <R extends HasMetadata> void awaitGone(Resource<R> resource) {
    // A queue goes once it has been empty for two minutes.
    resource.waitUntilCondition(each -> each == null, 5, TimeUnit.MINUTES);
  }

  private static boolean owns(SpotFleet fleet) {
    return fleet != null
        && !fleet.getMetadata().getFinalizers().isEmpty()
        && fleet.getStatus() != null
        && fleet.getStatus().machines() != null
        && !fleet.getStatus().machines().isEmpty();
  }

  /** It owns the queue that it made, and has read the mapping of its table. */
  private static boolean stands(EtlPipeline pipeline) {
    return pipeline != null
        && !pipeline.getMetadata().getFinalizers().isEmpty()
        && pipeline.getStatus() != null
        && pipeline.getStatus().queue() != null
        && pipeline.getStatus().queue().backlog() != null
        && pipeline.getStatus().tables() != null
        && pipeline.getStatus().tables().stream().anyMatch(each -> each.writesTo() != null);
  }

  private static long alive(Market market) {
    return market.machines().stream().filter(SpotMachine::isAlive).count();
  }

  private static OperatorProcess operator(
      Manifests manifests, MarketServer market, NoticeQueue queues)
      throws IOException, InterruptedException {
    var folder = FOLDER.resolve("operator").toAbsolutePath();
    var environment = new HashMap<>(market.environment());
    environment.putAll(queues.environment());
    // Nobody counts messages there, and nobody asks the real one.
    environment.put("AWS_ENDPOINT_URL_CLOUDWATCH", market.url().toString());
    return new OperatorProcess(folder, manifests.access(), environment, 0, new Journal(), () -> {});
  }

  private static void bounce(KubernetesClient client) {
    var resource = client.resources(EsCluster.class).inNamespace(NAMESPACE).withName("main");
    resource.waitUntilCondition(each -> says(each, "Reconciling", "False"), 120, TimeUnit.SECONDS);
    var asked = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    resource.patch(
        PatchContext.of(PatchType.JSON_MERGE),
        "{\"spec\":{\"rollout\":{\"select\":{\"nodes\":[\"spot1\"]},\"restartedAt\":\""
            + asked
            + "\"}}}");
    resource.waitUntilCondition(
        each -> says(each, "Reconciling", "False") && bounced(each, asked), 9, TimeUnit.MINUTES);
  }

  private static boolean bounced(EsCluster each, Instant asked) {
    var nodes = Optional.ofNullable(each.getStatus()).map(EsClusterStatus::nodes);
    return nodes.isPresent()
        && nodes.get().stream()
            .filter(node -> "spot1".equals(node.name()))
            .anyMatch(
                node -> node.startedAt() != null && Instant.parse(node.startedAt()).isAfter(asked));
  }

  private static boolean says(EsCluster each, String type, String status) {
    return each != null
        && each.getStatus() != null
        && each.getStatus().conditions() != null
        && each.getStatus().conditions().stream()
            .anyMatch(c -> type.equals(c.type()) && status.equals(c.status()));
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
    var all = yaml + pipeline(keeper);
    var file = Files.writeString(FOLDER.resolve("resources.yaml"), all);
    kubectl.run("apply", "--server-side", "-f", file.toString());
    kubectl.run("apply", "-n", NAMESPACE, "-f", "examples/fleet/spotfleet.yaml");
  }

  /** It has a queue and a table, and a fleet that it asks for nothing. */
  private static String pipeline(KeeperServer keeper) {
    return """
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: etl-mapping, namespace: %1$s}
        data: {mapping.json: '{"properties": {"value": {"type": "double"}}}'}
        ---
        apiVersion: caretaker.dev/v1alpha1
        kind: EtlPipeline
        metadata: {name: etl, namespace: %1$s}
        spec:
          queue: {name: %3$s, region: us-east-1, retention: 4d, create: true}
          tables:
            - alias: coverage
              rollover: 1d
              shards: 1
              replicas: 1
              mapping: {configMap: {name: etl-mapping}}
              esCluster: {name: main}
          workers: {fleet: {name: idle}, access: {local: {keeper: "%2$s"}}}
          process: {program: etl}
          throughput: {messagesPerUtilityHour: 10}
          scale: {max: 8}
          deletionPolicy: Delete
        ---
        apiVersion: caretaker.dev/v1alpha1
        kind: SpotFleet
        metadata: {name: idle, namespace: %1$s}
        spec:
          region: us-east-1
          subnets: [subnet-0a1b2c3d4e5f60718]
          launchTemplate: {name: etl-worker, version: "7"}
          budget: {usdPerHour: "1.00"}
          demand: {pipelines: [{name: etl}]}
          machines: {rule: "vcpus"}
          interruption: {queue: %4$s}
        """
        .formatted(NAMESPACE, keeper.url(), QUEUE, NoticeQueue.NAME);
  }
}
