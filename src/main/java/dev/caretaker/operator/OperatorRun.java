package dev.caretaker.operator;

import dev.caretaker.elastic.EsDecider;
import dev.caretaker.elastic.guard.Guards;
import dev.caretaker.fleet.FleetDecider;
import dev.caretaker.fleet.guard.FleetRules;
import dev.caretaker.pipeline.PipelineDecider;
import dev.caretaker.pipeline.guard.PipelineRules;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetricsV2;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A running operator: started by the constructor, stopped by closing. */
public final class OperatorRun implements AutoCloseable {
  /** A pass in flight may end its writes; what comes later finds the holds in place. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final KubernetesClient client;
  private final Leadership leadership = new Leadership();
  private final ExecutorService planner = Executors.newSingleThreadExecutor(OperatorRun::planner);
  private final EsClusterCare clusters;
  private final SpotFleetCare fleets;
  private final EtlPipelineCare pipelines;
  private final EsClusterReconciler clusterReconciler;
  private final SpotFleetReconciler fleetReconciler;
  private final EtlPipelineReconciler pipelineReconciler;
  private final Operator operator;
  private final HealthServer health;

  /**
   * Starts the operator; with an election it waits for its turn in the background.
   *
   * @param connector opens the ways to clusters
   * @param markets opens the ways to machines
   * @param queues opens the ways to what is announced of machines
   * @param ways opens the ways to what pipelines are made of
   * @throws IOException where the health port is taken
   */
  public OperatorRun(
      KubernetesClient client,
      Connector connector,
      Markets markets,
      Queues queues,
      PipelineConnector ways,
      OperatorSettings settings)
      throws IOException {
    this.client = client;
    var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    registry.config().meterFilter(new SameLabels());
    var clock = Clock.systemUTC();
    var metrics = new OperatorMetrics(registry);
    var notices = new Notices(clock, this::wake);
    var audience = new Audience(client, settings.namespaces(), notices);
    var readers = new QueueReaders(queues, markets, notices, audience::gather, clock);
    var listed = new ListedNotices(notices, readers);
    var workloads = new Workloads(clock);
    this.clusters = clusters(connector, workloads, listed, metrics, clock);
    this.fleets = fleets(markets, workloads, notices, readers, metrics, registry, clock);
    this.pipelines = pipelines(ways, metrics, registry, clock);
    this.operator = new Operator(each -> configure(each, registry, settings));
    this.clusterReconciler = new EsClusterReconciler(client, clusters);
    this.fleetReconciler = new SpotFleetReconciler(client, fleets);
    this.pipelineReconciler = new EtlPipelineReconciler(client, pipelines);
    for (var each : List.of(clusterReconciler, fleetReconciler, pipelineReconciler)) {
      register(each, settings);
    }
    this.health = new HealthServer(settings.health(), registry, this::alive, this::ready);
    operator.start();
  }

  private <R extends CustomResource<?, ?>> void register(
      FreshReconciler<R> reconciler, OperatorSettings settings) {
    operator.register(reconciler, each -> configure(each, settings));
  }

  private SpotFleetCare fleets(
      Markets markets,
      Workloads workloads,
      Notices notices,
      QueueReaders readers,
      OperatorMetrics metrics,
      PrometheusMeterRegistry registry,
      Clock clock) {
    return new SpotFleetCare(
        client,
        markets,
        workloads,
        notices,
        readers,
        this::wakeCluster,
        new PipelineDemands(client, this::wakePipeline),
        new FleetDecider(FleetRules.standard()),
        clock,
        metrics,
        new FleetMetrics(registry),
        leadership);
  }

  private EtlPipelineCare pipelines(
      PipelineConnector ways,
      OperatorMetrics metrics,
      PrometheusMeterRegistry registry,
      Clock clock) {
    return new EtlPipelineCare(
        client,
        ways,
        this::wakeFleet,
        new PipelineDecider(PipelineRules.standard()),
        clock,
        metrics,
        new PipelineMetrics(registry),
        leadership);
  }

  private EsClusterCare clusters(
      Connector connector,
      Workloads workloads,
      ListedNotices listed,
      OperatorMetrics metrics,
      Clock clock) {
    return new EsClusterCare(
        client,
        connector,
        new EsDecider(Guards.standard()),
        clock,
        metrics,
        leadership,
        planner,
        new FleetMachines(client, workloads, this::wakeFleet),
        listed);
  }

  private void wake(Notices.Owner owner) {
    var reconciler = owner.kind() == Notices.Kind.CLUSTER ? clusterReconciler : fleetReconciler;
    reconciler.wake(owner.namespace(), owner.name());
  }

  private void wakeCluster(String namespace, String name) {
    clusterReconciler.wake(namespace, name);
  }

  private void wakePipeline(String namespace, String name) {
    pipelineReconciler.wake(namespace, name);
  }

  private void wakeFleet(String namespace, String name) {
    fleetReconciler.wake(namespace, name);
  }

  /** The port of metrics and health. */
  public int healthPort() {
    return health.port();
  }

  /**
   * Returns when somebody else may lead: this process does nothing more and should end. Without an
   * election it never returns.
   */
  public void awaitLoss() throws InterruptedException {
    leadership.awaitLoss();
  }

  /** Who waits for its turn is ready, too: it watches, and will act within seconds of a loss. */
  private boolean ready() {
    return operator.getRuntimeInfo().isStarted() && !leadership.isLost();
  }

  private boolean alive() {
    return !operator.getRuntimeInfo().isStarted()
        || operator.getRuntimeInfo().allEventSourcesAreHealthy();
  }

  private void configure(
      ConfigurationServiceOverrider configuration,
      PrometheusMeterRegistry registry,
      OperatorSettings settings) {
    configuration
        .withKubernetesClient(client)
        .withCloseClientOnStop(false)
        .withUseSSAToPatchPrimaryResource(false)
        .withReconciliationTerminationTimeout(GRACE)
        .withMetrics(MicrometerMetricsV2.newBuilder(registry).build());
    settings
        .election()
        .map(leadership::rules)
        .ifPresent(configuration::withLeaderElectionConfiguration);
  }

  private static <R extends CustomResource<?, ?>> void configure(
      ControllerConfigurationOverrider<R> configuration, OperatorSettings settings) {
    var retry =
        new GenericRetry()
            .setInitialInterval(1_000)
            .setIntervalMultiplier(2)
            .setMaxInterval(30_000)
            .withoutMaxAttempts();
    // Finalizers come and go with what is held, which the SDK's own handling does not know.
    configuration
        .withTriggerReconcilerOnAllEvents(true)
        .withGenerationAware(false)
        .withOnUpdateFilter(FreshReconciler::asksForALook)
        .withRetry(retry);
    if (settings.namespaces().isEmpty()) {
      configuration.watchingAllNamespaces();
    } else {
      configuration.settingNamespaces(settings.namespaces());
    }
  }

  /** A plan that is being made keeps no process from ending. */
  private static Thread planner(Runnable work) {
    var thread = new Thread(work, "planner");
    thread.setDaemon(true);
    return thread;
  }

  /** Stops within seconds and leaves every hold in place for the next leader. */
  @Override
  public void close() {
    leadership.end();
    operator.stop();
    health.close();
    planner.shutdownNow();
    clusters.close();
    fleets.close();
    pipelines.close();
    client.close();
  }
}
