package dev.caretaker.engine;

import static dev.caretaker.testkit.APolicy.aPolicy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.adapter.elasticsearch.ElasticsearchAdapter;
import dev.caretaker.adapter.elasticsearch.EsConnection;
import dev.caretaker.adapter.host.LocalHosts;
import dev.caretaker.elastic.EsDecider;
import dev.caretaker.elastic.EsProgress;
import dev.caretaker.elastic.guard.Guards;
import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.HostProcess;
import dev.caretaker.elastic.model.Mark;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.Routing;
import dev.caretaker.elastic.model.SpotMachine;
import dev.caretaker.elastic.model.ZoneName;
import dev.caretaker.elastic.policy.RolloutPolicy.Structural;
import dev.caretaker.kernel.Verdict;
import dev.caretaker.pass.EsPass;
import dev.caretaker.pass.ProgressStore.StaleWriter;
import dev.caretaker.sandbox.engine.EngineCluster;
import dev.caretaker.sandbox.engine.EngineHttp;
import dev.caretaker.sandbox.engine.EngineKind;
import dev.caretaker.sandbox.engine.EngineNode;
import dev.caretaker.sandbox.engine.EngineOptions;
import dev.caretaker.sandbox.keeper.KeeperServer;
import dev.caretaker.testkit.EachEngine;
import dev.caretaker.testkit.RealEngine;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A fleet asks for a machine of a real cluster: emptied, stopped, answered for, never started. */
class HandshakeOnEngineTest {
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final NodeName LEAVING = new NodeName("spot2");

  private final EngineHttp http = new EngineHttp(Duration.ofSeconds(60));
  private final List<String> told = new ArrayList<>();
  private EsProgress saved = EsProgress.NONE;
  private boolean listed = true;

  @EachEngine
  void shouldReleaseAMachineForGoodAndLeaveNothingBehind(EngineKind kind) throws Exception {
    try (var cluster =
            RealEngine.prepare(kind, "backup=2,spot=2", "handshake", EngineOptions.defaults());
        var keeper = new KeeperServer(cluster.keeper(), 0);
        var engine = adapter(cluster)) {
      cluster.start();
      index(cluster.node("backup1"));
      var hosts = new LocalHosts(keeper.url());
      var pass = new EsPass(new EsDecider(Guards.standard()), engine, hosts, Clock.systemUTC());
      looksUntil(pass, Optional.empty(), () -> saved.cluster().isPresent() && isGreen(engine));

      looksUntil(pass, Optional.of("r1"), () -> !saved.released().isEmpty());

      assertThat(saved.released().get(0).instanceId()).isEqualTo(LEAVING.value());
      assertThat(saved.released().get(0).requestId()).isEqualTo("r1");
      assertThat(hosts.read(LEAVING).ifKnown().map(HostProcess::state))
          .contains(HostProcess.State.STOPPED);
      assertThat(view(engine).node(LEAVING)).isEmpty();
      assertThat(view(engine).health()).isEqualTo(ClusterView.Health.GREEN);
      shouldStayAway(pass, hosts);
      cluster.start(LEAVING.value());
      shouldGetNothing(pass, engine);
      listed = false;
      looksUntil(
          pass,
          Optional.empty(),
          () -> seen(engine).filter(HandshakeOnEngineTest::untouched).isPresent());
    } finally {
      told.forEach(System.out::println);
    }
  }

  private void shouldStayAway(EsPass pass, LocalHosts hosts) throws Exception {
    for (int look = 0; look < 5; look++) {
      assertThat(look(pass, Optional.empty())).isEqualTo(Verdict.Kind.SETTLED);
    }
    assertThat(hosts.read(LEAVING).ifKnown().map(HostProcess::state))
        .contains(HostProcess.State.STOPPED);
  }

  /** Somebody started it again; the balancer would send it copies at once. */
  private void shouldGetNothing(EsPass pass, ElasticsearchAdapter engine) throws Exception {
    looksUntil(
        pass,
        Optional.empty(),
        () -> seen(engine).filter(view -> view.node(LEAVING).isPresent()).isPresent());
    for (int look = 0; look < 20; look++) {
      look(pass, Optional.empty());
      var view = view(engine);
      assertThat(view.copiesTouching(view.node(LEAVING).orElseThrow().id())).isEmpty();
      Thread.sleep(500);
    }
  }

  private static ElasticsearchAdapter adapter(EngineCluster cluster) {
    return new ElasticsearchAdapter(
        new EsConnection(
            cluster.nodes().stream().map(EngineNode::url).toList(),
            Optional.empty(),
            Optional.empty(),
            new EsConnection.Probe(Optional.empty(), Duration.ofSeconds(10)),
            "zone",
            EsConnection.Timeouts.DEFAULT));
  }

  private void index(EngineNode node) throws IOException, InterruptedException {
    var answer =
        http.ask(
            "PUT",
            node,
            "/logs",
            """
            {"settings": {"number_of_shards": 6, "number_of_replicas": 1}}
            """);
    assertThat(answer.ok()).as(answer.toString()).isTrue();
    for (int number = 0; number < 20; number++) {
      http.ask("PUT", node, "/logs/_doc/" + number, "{\"number\": " + number + "}");
    }
  }

  private interface Goal {
    boolean reached();
  }

  private void looksUntil(EsPass pass, Optional<String> request, Goal goal) throws Exception {
    var end = Instant.now().plus(PATIENCE);
    while (!goal.reached()) {
      assertThat(Instant.now()).as(() -> String.join("\n", told)).isBefore(end);
      look(pass, request);
      Thread.sleep(500);
    }
  }

  private Verdict.Kind look(EsPass pass, Optional<String> request) throws StaleWriter {
    var policy =
        aPolicy()
            .withoutHost("spot1")
            .withoutHost("spot2")
            .withoutHost("spot3")
            .fleet("spots", "spot")
            .accept(Structural.SINGLE_NODE_ZONE, Instant.now().plusSeconds(600))
            .build();
    var machines = new ArrayList<>(List.of(machine("spot1", Optional.empty())));
    if (listed) {
      machines.add(machine(LEAVING.value(), request));
    }
    var outcome = pass.run(policy, saved, List.of(), machines, progress -> saved = progress);
    var verdict = outcome.decision().verdict();
    told.add(Instant.now() + " " + verdict.kind() + " " + verdict.reason().sentence());
    outcome.decision().actions().forEach(action -> told.add("  " + action));
    outcome.refusedNow().forEach(refused -> told.add("  refused: " + refused.sentence()));
    return verdict.kind();
  }

  private static SpotMachine machine(String id, Optional<String> request) {
    return SpotMachine.ofFleet(
        "spots",
        id,
        new ZoneName("spot"),
        Optional.empty(),
        request,
        Optional.empty(),
        Optional.empty());
  }

  private static Optional<ClusterView> seen(ElasticsearchAdapter engine) {
    return engine.read(Set.of()).ifKnown();
  }

  private static ClusterView view(ElasticsearchAdapter engine) {
    return seen(engine).orElseThrow();
  }

  private static boolean isGreen(ElasticsearchAdapter engine) {
    return seen(engine).filter(view -> view.health() == ClusterView.Health.GREEN).isPresent();
  }

  private static boolean untouched(ClusterView view) {
    var settings = view.settings().persistent();
    return Mark.in(settings).isEmpty()
        && Routing.keys("zone").stream().noneMatch(settings::containsKey);
  }
}
