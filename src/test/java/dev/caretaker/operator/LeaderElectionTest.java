package dev.caretaker.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.api.EsCluster;
import dev.caretaker.api.EsClusterStatus;
import dev.caretaker.elastic.action.EsAction;
import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.ShardId;
import dev.caretaker.kernel.Observed;
import dev.caretaker.port.EsPort;
import dev.caretaker.port.PortException;
import dev.caretaker.sandbox.kubernetes.ApiServer;
import dev.caretaker.testkit.RequiresApiServer;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two operators and one Lease on a real API server: one acts, both are ready, none comes late. */
@RequiresApiServer
class LeaderElectionTest {
  private static final String LEASE = "caretaker-operator";

  private final CareGround ground;
  private final List<OperatorRun> runs = new ArrayList<>();

  LeaderElectionTest(ApiServer server) throws IOException {
    ground = new CareGround(server);
  }

  @AfterEach
  void close() {
    runs.forEach(OperatorRun::close);
    ground.close();
  }

  @Test
  void shouldBeReadyWhileItWaitsForItsTurn() throws Exception {
    ground.create("main", CareGround.SPEC);
    var first = new Eye();
    var second = new Eye();
    var leader = run("first", first);
    awaitStatus();
    var standby = run("second", second);

    assertThat(code(leader, "/readyz")).isEqualTo(200);
    assertThat(code(standby, "/readyz")).isEqualTo(200);
    assertThat(code(standby, "/healthz")).isEqualTo(200);
    assertThat(first.looks.get()).isPositive();
    assertThat(second.looks.get()).isZero();
  }

  @Test
  void shouldRefuseTheLateWriteOfTheDeposed() throws Exception {
    var slow = new Eye();
    slow.keepShut();
    var deposed = run("first", slow);
    ground.create("main", ground.bounce());
    assertThat(slow.arrived.await(2, TimeUnit.MINUTES)).isTrue();

    // It hangs in the middle of a pass while its Lease goes to the second one, which acts.
    var next = new Eye();
    run("second", next);
    giveLeaseTo("second");
    awaitStatus();
    awaitLoss(deposed);
    slow.open();
    awaitMetric(deposed, "caretaker_stale_passes_total");

    assertThat(code(deposed, "/readyz")).isEqualTo(503);
    ground.edit("main", CareGround.SPEC + "paused: true\n");
    await(status -> status.observedGeneration() != null && status.observedGeneration() == 2);
    assertThat(slow.deeds.get()).isZero();
    assertThat(slow.looks.get()).isEqualTo(1);
    assertThat(next.looks.get()).isPositive();
    assertThat(ground.mark()).isPresent();
  }

  private OperatorRun run(String identity, Eye eye) throws IOException {
    var settings =
        new OperatorSettings(
            Set.of(ground.namespace),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            Optional.of(new OperatorSettings.Election(ground.namespace, LEASE, identity)));
    var run =
        new OperatorRun(
            new KubernetesClientBuilder().withConfig(ground.client.getConfiguration()).build(),
            (access, attribute, secrets) -> new Ports(eye, ground.world.hosts(), () -> {}),
            region -> {
              throw new AssertionError("no fleet is there to ask for a market");
            },
            (region, queue) -> {
              throw new AssertionError("no fleet is there to ask for a queue");
            },
            new RealPipelines(),
            settings);
    runs.add(run);
    return run;
  }

  private void giveLeaseTo(String identity) {
    ground
        .client
        .leases()
        .inNamespace(ground.namespace)
        .withName(LEASE)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"spec\":{\"holderIdentity\":\"" + identity + "\"}}");
  }

  private static void awaitLoss(OperatorRun run) throws Exception {
    var waiting =
        new FutureTask<>(
            () -> {
              run.awaitLoss();
              return true;
            });
    new Thread(waiting).start();
    assertThat(waiting.get(2, TimeUnit.MINUTES)).isTrue();
  }

  private void awaitStatus() {
    await(status -> status.engine() != null);
  }

  private void await(Predicate<EsClusterStatus> wanted) {
    ground
        .client
        .resources(EsCluster.class)
        .inNamespace(ground.namespace)
        .withName("main")
        .waitUntilCondition(
            each -> each != null && each.getStatus() != null && wanted.test(each.getStatus()),
            2,
            TimeUnit.MINUTES);
  }

  private static void awaitMetric(OperatorRun run, String name) throws Exception {
    for (int i = 0; i < 600 && !get(run, "/metrics").body().contains(name); i++) {
      TimeUnit.MILLISECONDS.sleep(200);
    }
    assertThat(get(run, "/metrics").body()).contains(name);
  }

  private static int code(OperatorRun run, String path) throws Exception {
    return get(run, path).statusCode();
  }

  private static HttpResponse<String> get(OperatorRun run, String path) throws Exception {
    var url = URI.create("http://127.0.0.1:" + run.healthPort() + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofString());
  }

  /** A way to the world that counts, and that can be kept shut in the middle of a read. */
  private final class Eye implements EsPort {
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicInteger deeds = new AtomicInteger();
    private final CountDownLatch arrived = new CountDownLatch(1);
    private CountDownLatch shut = new CountDownLatch(0);

    void keepShut() {
      shut = new CountDownLatch(1);
    }

    void open() {
      shut.countDown();
    }

    @Override
    public Observed<ClusterView> read(Set<ShardId> explain) {
      looks.incrementAndGet();
      arrived.countDown();
      try {
        shut.await();
      } catch (InterruptedException end) {
        return Observed.unknown("the operator was stopped");
      }
      synchronized (ground.world) {
        return ground.world.engine().read(explain);
      }
    }

    @Override
    public Observed<Boolean> probe() {
      synchronized (ground.world) {
        return ground.world.engine().probe();
      }
    }

    @Override
    public void perform(EsAction.OnEngine action) throws PortException {
      deeds.incrementAndGet();
      synchronized (ground.world) {
        ground.world.engine().perform(action);
      }
    }
  }
}
