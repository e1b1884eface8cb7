package dev.caretaker.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.api.EsCluster;
import dev.caretaker.api.EsClusterSpec;
import dev.caretaker.api.StatusCondition;
import dev.caretaker.elastic.EsDecider;
import dev.caretaker.elastic.guard.Guards;
import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.Mark;
import dev.caretaker.port.NoticePort;
import dev.caretaker.sandbox.kubernetes.ApiServer;
import dev.caretaker.testkit.ApiServerClients;
import dev.caretaker.world.World;
import dev.caretaker.world.WorldClock;
import dev.caretaker.world.market.Market;
import dev.caretaker.world.market.MarketPort;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * The care of EsClusters in a namespace of its own of a real API server, with a simulated cluster
 * of two backup and two spot nodes behind it. Time is the world's: it passes between two looks.
 */
final class CareGround implements AutoCloseable {
  static final String SPEC =
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

  final KubernetesClient client;
  final String namespace;
  final World world;

  final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  final Workloads workloads;

  /** The queue, whatever name a spec gives it. */
  Optional<NoticePort> queue = Optional.empty();

  /** What the present process has heard. */
  Notices notices;

  private QueueReaders readers;
  private EsClusterCare care;

  /** Makes the namespace; the server may be one that an earlier run has written to. */
  CareGround(ApiServer server) throws IOException {
    this(server, withSpot("spot1", "spot2"));
  }

  /** The same with another cluster behind it. */
  CareGround(ApiServer server, World world) throws IOException {
    this.world = world;
    client = ApiServerClients.open(server);
    workloads = new Workloads(clock());
    notices = new Notices(clock(), owner -> {});
    readers = readers();
    ApiServerClients.applyCrds(client);
    namespace = "care-" + Long.toString(System.nanoTime(), 36);
    var wanted = new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata();
    client.resource(wanted.build()).create();
    care = care(worldPorts(), clock());
  }

  private QueueReaders readers() {
    return new QueueReaders(
        (region, name) -> queue.orElseThrow(),
        region -> new MarketPort(new Market(clock().instant(), new FleetGround.Boots())),
        notices,
        new Audience(client, Set.of(), notices)::gather,
        clock());
  }

  /** Another process takes over; it knows what is stored, and nothing else. */
  void restart() {
    readers.close();
    notices = new Notices(clock(), owner -> {});
    readers = readers();
    care = care(worldPorts(), clock());
  }

  /** Two backup nodes, and these in the zone spot. */
  static World withSpot(String... nodes) {
    var world = World.builder(1).node("backup1", "backup").node("backup2", "backup");
    for (var node : nodes) {
      world.node(node, "spot");
    }
    return world.index("logs", 3, 1, 1_000_000, 10).build();
  }

  EsClusterCare care() {
    return care;
  }

  EsClusterCare care(Ports ports, Clock clock) {
    return new EsClusterCare(
        client,
        (access, attribute, secrets) ->
            secrets.missing(access.engineSecrets()).map(CareGround::away).orElse(ports),
        new EsDecider(Guards.standard()),
        clock,
        new OperatorMetrics(registry),
        new Leadership(),
        Runnable::run,
        new FleetMachines(client, workloads, (namespace, name) -> {}),
        new ListedNotices(notices, readers));
  }

  Ports worldPorts() {
    return new Ports(world.engine(), world.hosts(), () -> {});
  }

  /** A cluster that cannot be reached, and why. */
  static Ports away(String cause) {
    var unreachable = new Unreachable(cause);
    return new Ports(unreachable, unreachable, () -> {});
  }

  void settle(String name, int passes) {
    for (int i = 0; i < passes; i++) {
      step(name);
    }
  }

  /** Looks until something holds, which it must in the end. */
  void stepUntil(String name, BooleanSupplier reached) {
    for (int i = 0; i < 600 && !reached.getAsBoolean(); i++) {
      step(name);
    }
    assertThat(reached.getAsBoolean()).isTrue();
  }

  /** One look, and the time until the next one is asked for. */
  Duration step(String name) {
    var fresh = client.resources(EsCluster.class).inNamespace(namespace).withName(name).get();
    if (fresh == null) {
      return Duration.ZERO;
    }
    var all = client.resources(EsCluster.class).inNamespace(namespace).list().getItems();
    var passed = care.look(fresh, all).orElse(Duration.ofSeconds(5));
    world.advance(passed.toSeconds());
    return passed;
  }

  void create(String name, String spec) {
    var resource = new EsCluster();
    resource.getMetadata().setNamespace(namespace);
    resource.getMetadata().setName(name);
    resource.setSpec(Serialization.unmarshal(spec, EsClusterSpec.class));
    client.resource(resource).create();
  }

  void edit(String name, String spec) {
    // A patch: a running operator may write the status at any moment.
    client
        .resources(EsCluster.class)
        .inNamespace(namespace)
        .withName(name)
        .edit(
            resource -> {
              resource.setSpec(Serialization.unmarshal(spec, EsClusterSpec.class));
              return resource;
            });
  }

  void delete(String name) {
    client.resources(EsCluster.class).inNamespace(namespace).withName(name).delete();
  }

  /** A spec that asks for a bounce of every node, now. */
  String bounce() {
    return SPEC + "rollout: {restartedAt: \"" + world.instant() + "\"}\n";
  }

  boolean exists(String name) {
    return client.resources(EsCluster.class).inNamespace(namespace).withName(name).get() != null;
  }

  EsCluster read(String name) {
    return Objects.requireNonNull(
        client.resources(EsCluster.class).inNamespace(namespace).withName(name).get(), name);
  }

  List<Event> events(String name) {
    return client.v1().events().inNamespace(namespace).list().getItems().stream()
        .filter(each -> name.equals(each.getInvolvedObject().getName()))
        .toList();
  }

  static StatusCondition condition(EsCluster resource, String type) {
    return Objects.requireNonNull(resource.getStatus().conditions()).stream()
        .filter(each -> type.equals(each.type()))
        .findFirst()
        .orElseThrow();
  }

  Optional<Mark> mark() {
    return Mark.in(settings());
  }

  Map<String, String> settings() {
    return world
        .engine()
        .read(Set.of())
        .ifKnown()
        .map(ClusterView::settings)
        .map(each -> each.persistent())
        .orElse(Map.of());
  }

  Clock clock() {
    return new WorldClock(world);
  }

  @Override
  public void close() {
    readers.close();
    client.close();
  }
}
