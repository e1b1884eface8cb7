package dev.caretaker.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.api.EsCluster;
import dev.caretaker.api.EsClusterSpec;
import dev.caretaker.api.StatusCondition;
import dev.caretaker.elastic.EsDecider;
import dev.caretaker.elastic.guard.Guards;
import dev.caretaker.elastic.model.Mark;
import dev.caretaker.kernel.Observed;
import dev.caretaker.sandbox.kubernetes.ApiServer;
import dev.caretaker.testkit.ApiServerClients;
import dev.caretaker.testkit.RequiresApiServer;
import dev.caretaker.world.World;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The shell between a real API server and a simulated cluster. */
@RequiresApiServer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EsClusterCareTest {
  private static final String SPEC =
      """
      connection: {endpoints: ["http://127.0.0.1:9200"]}
      zones: {list: [{name: backup, risk: Reliable}, {name: spot, risk: Risky}]}
      hosts:
        access: {local: {keeper: "http://127.0.0.1:9800"}}
        list:
          - {node: backup1, zone: backup}
          - {node: backup2, zone: backup}
          - {node: spot1, zone: spot}
          - {node: spot2, zone: spot}
      """;

  private final KubernetesClient client;
  private World world = world();
  private EsClusterCare care = care();
  private String namespace = "none";

  EsClusterCareTest(ApiServer server) {
    this.client = ApiServerClients.open(server);
  }

  @BeforeAll
  void applyCrds() throws IOException {
    ApiServerClients.applyCrds(client);
  }

  @BeforeEach
  void startAnew() {
    // The server may be one that an earlier run has written to.
    namespace = "care-" + Long.toString(System.nanoTime(), 36);
    var wanted = new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata();
    client.resource(wanted.build()).create();
    world = world();
    care = care();
  }

  @AfterAll
  void close() {
    client.close();
  }

  @Test
  void shouldWriteNothingWhileNothingChanges() {
    create("main", SPEC);
    settle("main", 10);
    var before = read("main").getMetadata().getResourceVersion();

    settle("main", 10);

    var resource = read("main");
    assertThat(resource.getMetadata().getResourceVersion()).isEqualTo(before);
    assertThat(condition(resource, "Ready").status()).isEqualTo("True");
    assertThat(resource.getStatus().observedGeneration())
        .isEqualTo(resource.getMetadata().getGeneration());
    assertThat(resource.getMetadata().getFinalizers()).isEmpty();
  }

  @Test
  void shouldHoldTheFinalizerOnlyWhileSomethingIsHeld() {
    create("main", SPEC + "rollout: {restartedAt: \"" + world.instant() + "\"}\n");
    var heldWithout = 0;
    var held = 0;
    for (int i = 0; i < 400; i++) {
      step("main");
      var finalizers = read("main").getMetadata().getFinalizers();
      if (mark().isPresent()) {
        held++;
        heldWithout += finalizers.contains(StoredEsCluster.FINALIZER) ? 0 : 1;
      }
    }

    assertThat(held).isPositive();
    assertThat(heldWithout).isZero();
    assertThat(mark()).isEmpty();
    assertThat(read("main").getMetadata().getFinalizers()).isEmpty();
    assertThat(condition(read("main"), "Ready").status()).isEqualTo("True");
    assertThat(events("main")).isNotEmpty().allMatch(each -> each.getCount() >= 1);
  }

  @Test
  void shouldRestoreBeforeItLetsADeletedResourceGo() {
    create("main", SPEC + "rollout: {restartedAt: \"" + world.instant() + "\"}\n");
    for (int i = 0; i < 100 && mark().isEmpty(); i++) {
      step("main");
    }
    assertThat(mark()).isPresent();

    client.resources(EsCluster.class).inNamespace(namespace).withName("main").delete();
    for (int i = 0; i < 400 && exists("main"); i++) {
      step("main");
    }

    assertThat(exists("main")).isFalse();
    assertThat(mark()).isEmpty();
  }

  @Test
  void shouldLetGoAtTheDeadlineAndSayWhatWasLeft() {
    create("main", SPEC + "rollout: {restartedAt: \"" + world.instant() + "\"}\n");
    for (int i = 0; i < 100 && mark().isEmpty(); i++) {
      step("main");
    }
    client.resources(EsCluster.class).inNamespace(namespace).withName("main").delete();
    var unreachable = new Unreachable("the cable was cut");
    var late = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(11));

    care(new Ports(unreachable, unreachable, () -> {}), late).look(read("main"), List.of());

    assertThat(exists("main")).isFalse();
    assertThat(events("main"))
        .anyMatch(
            each ->
                "NotRestored".equals(each.getReason())
                    && each.getMessage().contains("the cable was cut"));
  }

  @Test
  void shouldNotActOnWhatSomebodyElseHasChangedMeanwhile() {
    create("main", SPEC);
    settle("main", 5);
    edit("main", SPEC + "rollout: {restartedAt: \"" + world.instant() + "\"}\n");
    var stale = read("main");
    edit("main", SPEC + "paused: true\n");
    var before = settings();

    var again = care.look(stale, List.of(stale));

    assertThat(again).contains(Duration.ofSeconds(1));
    assertThat(settings()).isEqualTo(before);
    assertThat(read("main").getMetadata().getFinalizers()).isEmpty();
  }

  @Test
  void shouldKeepTheLastGoodSpecInForce() throws IOException {
    create("main", SPEC);
    settle("main", 5);

    var wrong = SPEC + "rollout: {select: {zones: [mars]}}\n";
    ApiServerClients.withoutRules(client, () -> edit("main", wrong));
    settle("main", 5);

    var resource = read("main");
    assertThat(condition(resource, "SpecValid").status()).isEqualTo("False");
    assertThat(condition(resource, "SpecValid").message()).contains("mars").contains("last good");
    assertThat(resource.getStatus().engine()).startsWith("elasticsearch");
    assertThat(events("main")).anyMatch(each -> "SpecInvalid".equals(each.getReason()));
  }

  @Test
  void shouldTouchNothingForASpecThatNeverWasGood() throws IOException {
    var wrong = SPEC + "rollout: {select: {zones: [mars]}}\n";
    ApiServerClients.withoutRules(client, () -> create("main", wrong));

    assertThat(care.look(read("main"), List.of())).isEmpty();

    assertThat(condition(read("main"), "Ready").reason()).isEqualTo("SpecInvalid");
    assertThat(mark()).isEmpty();
  }

  @Test
  void shouldRefuseASecondResourceForTheSameCluster() {
    create("one", SPEC);
    create("two", SPEC);
    settle("one", 5);
    settle("two", 5);
    var younger = younger(read("one"), read("two"));

    edit(younger, SPEC + "rollout: {restartedAt: \"" + world.instant() + "\"}\n");
    settle(younger, 20);

    assertThat(mark()).isEmpty();
    assertThat(read(younger).getStatus().blockedBy()).isNotEmpty();
    assertThat(condition(read(younger), "Ready").status()).isEqualTo("False");
    assertThat(condition(read(younger), "Ready").reason()).isEqualTo("OneResourceACluster");
  }

  /** Created in the same second, the UID decides. */
  private static String younger(EsCluster one, EsCluster two) {
    return Owners.olderThan(one, List.of(one, two)).isEmpty()
        ? two.getMetadata().getName()
        : one.getMetadata().getName();
  }

  private void settle(String name, int passes) {
    for (int i = 0; i < passes; i++) {
      step(name);
    }
  }

  private void step(String name) {
    var fresh = client.resources(EsCluster.class).inNamespace(namespace).withName(name).get();
    if (fresh != null) {
      var all = client.resources(EsCluster.class).inNamespace(namespace).list().getItems();
      world.advance(care.look(fresh, all).orElse(Duration.ofSeconds(5)).toSeconds());
    }
  }

  private void create(String name, String spec) {
    var resource = new EsCluster();
    resource.getMetadata().setNamespace(namespace);
    resource.getMetadata().setName(name);
    resource.setSpec(Serialization.unmarshal(spec, EsClusterSpec.class));
    client.resource(resource).create();
  }

  private void edit(String name, String spec) {
    var resource = read(name);
    resource.setSpec(Serialization.unmarshal(spec, EsClusterSpec.class));
    client.resource(resource).update();
  }

  private boolean exists(String name) {
    return client.resources(EsCluster.class).inNamespace(namespace).withName(name).get() != null;
  }

  private EsCluster read(String name) {
    return Objects.requireNonNull(
        client.resources(EsCluster.class).inNamespace(namespace).withName(name).get(), name);
  }

  private List<Event> events(String name) {
    return client.v1().events().inNamespace(namespace).list().getItems().stream()
        .filter(each -> name.equals(each.getInvolvedObject().getName()))
        .toList();
  }

  private static StatusCondition condition(EsCluster resource, String type) {
    return Objects.requireNonNull(resource.getStatus().conditions()).stream()
        .filter(each -> type.equals(each.type()))
        .findFirst()
        .orElseThrow();
  }

  private Optional<Mark> mark() {
    return Mark.in(settings());
  }

  private java.util.Map<String, String> settings() {
    if (world.engine().read(Set.of()) instanceof Observed.Known<?> known
        && known.value() instanceof dev.caretaker.elastic.model.ClusterView view) {
      return view.settings().persistent();
    }
    return java.util.Map.of();
  }

  private static World world() {
    return World.builder(1)
        .node("backup1", "backup")
        .node("backup2", "backup")
        .node("spot1", "spot")
        .node("spot2", "spot")
        .index("logs", 3, 1, 1_000_000, 10)
        .build();
  }

  private EsClusterCare care() {
    return care(new Ports(world.engine(), world.hosts(), () -> {}), new WorldClock());
  }

  private EsClusterCare care(Ports ports, Clock clock) {
    return new EsClusterCare(
        client,
        (access, attribute, secrets) -> ports,
        new EsDecider(Guards.standard()),
        clock,
        new OperatorMetrics(new SimpleMeterRegistry()));
  }

  /** The world's own time. */
  private final class WorldClock extends Clock {
    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return world.instant();
    }
  }
}
