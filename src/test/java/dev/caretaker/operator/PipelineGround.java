package dev.caretaker.operator;

import static java.util.Objects.requireNonNull;

import dev.caretaker.api.EsCluster;
import dev.caretaker.api.EsClusterSpec;
import dev.caretaker.api.EsClusterStatus;
import dev.caretaker.api.EtlPipeline;
import dev.caretaker.api.EtlPipelineSpec;
import dev.caretaker.api.EtlPipelineStatus;
import dev.caretaker.api.StatusCondition;
import dev.caretaker.pipeline.PipelineDecider;
import dev.caretaker.pipeline.guard.PipelineRules;
import dev.caretaker.sandbox.kubernetes.ApiServer;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The care of EtlPipelines beside that of their fleet, in a namespace of its own of a real API
 * server. Time is the market's: it passes between two looks.
 */
final class PipelineGround implements AutoCloseable {
  static final String NAME = "etl";
  static final String SPEC =
      """
      queue: {name: etl, region: us-west-2, create: true}
      workers: {fleet: {name: es}, access: {local: {keeper: "http://127.0.0.1:1"}}}
      process: {program: etl}
      throughput: {messagesPerUtilityHour: 10}
      scale: {max: 40}
      """;
  static final String FLEET =
      FleetGround.SPEC.replace("demand: {utility: 20}", "demand: {pipelines: [{name: etl}]}");

  static final String BACKFILL =
      """
      buckets: [{name: old-things, create: true}]
      backfill:
        bucket: old-things
        from: "2026-11-01T00:00:00Z"
        to: "2026-11-02T00:00:00Z"
        onlyBelow: 10000
      """;
  static final String TABLE =
      """
      tables:
        - alias: coverage
          rollover: 1d
          mapping: {configMap: {name: coverage}}
          esCluster: {name: main}
      """;

  /** Something of everything that numbers are told of. */
  static final String EVERYTHING =
      SPEC.replace("create: true", "create: true, deadLetter: {name: dead}")
          + BACKFILL
          + TABLE
          + "freshness: {alias: coverage, within: 1d}\n";

  final FleetGround fleet;
  final PipelineWorld world;
  final PrometheusMeterRegistry registry;
  private final KubernetesClient client;
  private Optional<EtlPipelineCare> care = Optional.empty();

  PipelineGround(ApiServer server, PrometheusMeterRegistry registry) throws IOException {
    this.fleet = new FleetGround(server, registry);
    this.client = fleet.client;
    this.registry = registry;
    this.world = new PipelineWorld(fleet.market);
    restart();
  }

  /** Another process takes over; it knows what is stored, and nothing else. */
  void restart() {
    fleet.restart();
    care =
        Optional.of(
            new EtlPipelineCare(
                client,
                world,
                (namespace, name) -> {},
                new PipelineDecider(PipelineRules.standard()),
                fleet.market,
                new OperatorMetrics(registry),
                new PipelineMetrics(registry),
                new Leadership()));
  }

  /** Some minutes of care. */
  void settle() {
    for (int i = 0; i < 30; i++) {
      step();
    }
  }

  void step() {
    for (var each : all()) {
      care.orElseThrow().look(each, all());
    }
    fleet.step();
  }

  List<EtlPipeline> all() {
    return client.resources(EtlPipeline.class).inNamespace(fleet.namespace).list().getItems();
  }

  void create(String name, String spec) {
    var resource = new EtlPipeline();
    resource.getMetadata().setNamespace(fleet.namespace);
    resource.getMetadata().setName(name);
    resource.setSpec(Serialization.unmarshal(spec, EtlPipelineSpec.class));
    client.resource(resource).create();
  }

  void edit(String name, String spec) {
    var resource = read(name);
    resource.setSpec(Serialization.unmarshal(spec, EtlPipelineSpec.class));
    client.resource(resource).update();
  }

  void delete(String name) {
    client.resource(read(name)).delete();
  }

  /** The cluster that holds tables; nobody looks at it here, so its status is as it is given. */
  void cluster(String name, String serving) {
    var resource = new EsCluster();
    resource.getMetadata().setNamespace(fleet.namespace);
    resource.getMetadata().setName(name);
    resource.setSpec(
        Serialization.unmarshal(
            "connection: {endpoints: ['http://127.0.0.1:1']}", EsClusterSpec.class));
    var stored = client.resource(resource).create();
    stored.setStatus(
        Serialization.unmarshal(
            "serving: '" + serving + "'\nshards: {started: 4}", EsClusterStatus.class));
    client.resource(stored).updateStatus();
  }

  void configMap(String name, String text) {
    var map =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withNamespace(fleet.namespace)
            .withName(name)
            .endMetadata()
            .withData(Map.of("mapping.json", text))
            .build();
    client.resource(map).createOr(each -> each.update());
  }

  EtlPipeline read(String name) {
    return requireNonNull(
        client.resources(EtlPipeline.class).inNamespace(fleet.namespace).withName(name).get());
  }

  EtlPipelineStatus status() {
    return status(NAME);
  }

  EtlPipelineStatus status(String name) {
    return requireNonNull(read(name).getStatus());
  }

  StatusCondition condition(String name, String type) {
    return requireNonNull(status(name).conditions()).stream()
        .filter(each -> type.equals(each.type()))
        .findFirst()
        .orElseThrow();
  }

  /** As when all of them were deleted. */
  void forget() {
    all().forEach(care.orElseThrow()::forget);
    fleet.care().forget(fleet.read());
  }

  /** What the fleet was asked for, as it tells. */
  String wanted() {
    return requireNonNull(requireNonNull(fleet.status().utility()).wanted());
  }

  @Override
  public void close() {
    care.orElseThrow().close();
    fleet.close();
  }
}
