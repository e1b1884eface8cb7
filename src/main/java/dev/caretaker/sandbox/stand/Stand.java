package dev.caretaker.sandbox.stand;

import dev.caretaker.sandbox.engine.EngineCluster;
import dev.caretaker.sandbox.engine.EngineKind;
import dev.caretaker.sandbox.engine.EngineNode;
import dev.caretaker.sandbox.engine.EngineOptions;
import dev.caretaker.sandbox.engine.EngineStore;
import dev.caretaker.sandbox.keeper.FreePorts;
import dev.caretaker.sandbox.keeper.ProgramState;
import dev.caretaker.sandbox.load.Indices;
import dev.caretaker.sandbox.recorder.Effect;
import dev.caretaker.sandbox.recorder.Journal;
import dev.caretaker.sandbox.recorder.RecordingProxy;
import dev.caretaker.sandbox.recorder.Side;
import dev.caretaker.sandbox.recorder.Upstream;
import dev.caretaker.sandbox.stand.StandOptions.OperatorChoice;
import dev.caretaker.sandbox.watch.EngineDoor;
import dev.caretaker.sandbox.watch.Watcher;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * One running sandbox. The operator reaches everything through recording proxies; the sandbox
 * itself, its watcher and its writer go past them.
 */
public final class Stand implements AutoCloseable {
  private static final Duration LOOKING = Duration.ofSeconds(3);
  private static final Duration WORKING = Duration.ofSeconds(15);

  private final StandOptions options;
  private final StandFiles files;
  private final Journal journal = new Journal();
  private final HostWay hosts;
  private final EngineCluster cluster;
  private final ControlPlane control;
  private final KubernetesClient client;
  private final Cloud cloud;
  private final OperatorProcess operator;
  private final EngineDoor working;
  private final Watcher watcher;
  private final Example example;
  private final int metricsPort;
  private final Parts parts;

  private Stand(StandOptions options, Parts parts, Consumer<String> progress)
      throws IOException, InterruptedException {
    this.options = options;
    this.parts = parts;
    this.files = new StandFiles(options.directory());
    this.hosts =
        switch (options.hosts()) {
          case LOCAL -> new KeeperWay(journal, parts);
          case SSH -> new SshWay(options.shape(), journal, parts);
        };
    this.cluster = startCluster(progress);
    hosts.open(cluster);
    this.control = ControlPlane.open(options, files.kubernetes(), journal, progress);
    parts.add(control::close);
    this.client = new KubernetesClientBuilder().withConfig(control.admin()).build();
    parts.add(client);
    this.example = Example.read(endpoints(), hosts, cluster.nodes());
    example.write(files.example());
    this.cloud =
        Cloud.open(hosts.comingAndGoing(cluster), options.objects(), files, parts, progress);
    this.metricsPort = FreePorts.take(1).get(0);
    this.operator =
        new OperatorProcess(
            files.operator(),
            OperatorAccess.of(options.operator(), control, client, progress),
            cloud.environment(),
            metricsPort,
            journal,
            control.endStreams());
    parts.add(operator::close);
    var urls = cluster.nodes().stream().map(EngineNode::url).toList();
    this.working = new EngineDoor(urls, WORKING);
    this.watcher = new Watcher(new EngineDoor(urls, LOOKING), this::pids);
    parts.add(watcher::close);
    journal.onEffect(this::noteStop);
    watcher.start();
  }

  /** Where the example says they are, so that {@code plan -f examples/sandbox} finds them. */
  private List<URI> endpoints() throws IOException {
    int first = Example.declared().endpoint().getPort();
    var endpoints = new ArrayList<URI>();
    for (var node : cluster.nodes()) {
      endpoints.add(proxy(node.url(), endpoints.isEmpty() ? first : 0));
    }
    return endpoints;
  }

  private EngineCluster startCluster(Consumer<String> progress)
      throws IOException, InterruptedException {
    var engine = EngineStore.ofThisUser().install(options.engine(), progress);
    files.cleanUpLeftOvers(progress);
    parts.add(() -> files.close(options.traces()));
    var settings = EngineOptions.defaults().with(options.placement()).with(options.traces());
    var nodes = EngineCluster.prepare(engine, options.shape(), files.cluster(), settings, hosts);
    parts.add(nodes::close);
    progress.accept(
        "Starting %d nodes of %s %s"
            .formatted(nodes.nodes().size(), engine.kind().product(), engine.kind().version()));
    nodes.start();
    return nodes;
  }

  private void noteStop(Effect effect) {
    if (effect.isStop()) {
      watcher.downtime().stopAsked(effect.program());
    }
  }

  /**
   * Starts everything but the operator.
   *
   * @param progress takes lines for people to read, while they wait
   */
  public static Stand open(StandOptions options, Consumer<String> progress)
      throws IOException, InterruptedException {
    var parts = new Parts();
    // Ctrl-C ends the JVM, also in the middle of a start; what was started must not outlive it.
    Runtime.getRuntime().addShutdownHook(new Thread(parts::close, "sandbox-end"));
    try {
      return new Stand(options, parts, progress);
    } catch (IOException | InterruptedException | RuntimeException e) {
      parts.close();
      throw e;
    }
  }

  /**
   * Starts the operator, and creates what it works with: the resource definitions and the example's
   * EsCluster, or its namespace and Secret where a scenario brings the EsCluster.
   */
  public void startOperator() throws IOException, InterruptedException {
    if (options.operator() == OperatorChoice.FROM_MANIFESTS) {
      tenant().create(hosts.secret());
      operator.start();
      return;
    }
    var crds = new Crds(client);
    crds.install();
    operator.start();
    var secret = hosts.secret();
    if (secret.isPresent()) {
      client.resource(secret.get()).inNamespace(namespace()).createOr(NonDeletingOperation::update);
    }
    esClusters().apply(example.object());
    if (options.kubernetes() == StandOptions.KubernetesChoice.KUBECONFIG) {
      if (secret.isPresent()) {
        parts.add(() -> client.resource(secret.get()).inNamespace(namespace()).delete());
      }
      parts.add(() -> esClusters().leaveNothing(example.name(), crds));
    }
  }

  public EngineKind engine() {
    return options.engine();
  }

  public EngineCluster cluster() {
    return cluster;
  }

  public Journal journal() {
    return journal;
  }

  public Watcher watcher() {
    return watcher;
  }

  public OperatorProcess operator() {
    return operator;
  }

  /** Where machines are bought, and run. */
  public Cloud cloud() {
    return cloud;
  }

  public ControlPlane control() {
    return control;
  }

  public KubernetesClient client() {
    return client;
  }

  public Example example() {
    return example;
  }

  /** The example as it was applied: with the ports and nodes of this sandbox. */
  public Path exampleFile() {
    return files.example();
  }

  /** The folder of what a team has in Git. */
  public Path git() {
    return files.git();
  }

  /** How many seconds {@code caretaker plan} gives a restart of every node, as things are now. */
  public long predictedSeconds() throws IOException, InterruptedException {
    var file = files.operator().resolve("plan.yaml");
    example.asking(Instant.now().truncatedTo(ChronoUnit.SECONDS)).write(file);
    return PlanProcess.seconds(file, files.operator(), namespace());
  }

  public StandOptions options() {
    return options;
  }

  /** Where the operator tells its health and metrics. */
  public URI metrics() {
    return URI.create("http://127.0.0.1:" + metricsPort + "/metrics");
  }

  public CustomResources esClusters() {
    return CustomResources.esClusters(client, namespace());
  }

  public CustomResources spotFleets() {
    return CustomResources.spotFleets(client, namespace());
  }

  public CustomResources etlPipelines() {
    return CustomResources.etlPipelines(client, namespace());
  }

  public String namespace() {
    if (options.operator() == OperatorChoice.FROM_MANIFESTS) {
      return Tenant.NAMESPACE;
    }
    return control.admin().getNamespace() == null ? "default" : control.admin().getNamespace();
  }

  /** The namespace of the EsCluster where the operator was installed from the manifests. */
  public Tenant tenant() {
    return new Tenant(client);
  }

  /** A way to the cluster for writes and long requests. */
  public EngineDoor door() {
    return working;
  }

  /** The indices that a fresh sandbox has, and room for more. */
  public Indices indices() {
    return new Indices(working);
  }

  /** Whether bulk requests and reads by id name a mapping type. */
  public boolean typed() {
    return options.engine() == EngineKind.ES6;
  }

  /** Process ids of the running nodes. */
  public Map<String, Long> pids() {
    var pids = new TreeMap<String, Long>();
    for (var node : cluster.nodes()) {
      if (cluster.state(node.name()) instanceof ProgramState.Running running) {
        pids.put(node.name(), running.pid());
      }
    }
    return pids;
  }

  /** Whether it is ending, or has ended. */
  public boolean ending() {
    return parts.closed();
  }

  /** Stops everything; a second call does nothing. */
  @Override
  public void close() {
    parts.close();
  }

  private URI proxy(URI engine, int port) throws IOException {
    var proxy = new RecordingProxy(Side.ENGINE, Upstream.plain(engine), journal, port);
    parts.add(proxy::close);
    return proxy.url();
  }
}
