package dev.caretaker.sandbox.stand;

import dev.caretaker.sandbox.engine.EngineCluster;
import dev.caretaker.sandbox.engine.EngineKind;
import dev.caretaker.sandbox.engine.EngineNode;
import dev.caretaker.sandbox.engine.EngineOptions;
import dev.caretaker.sandbox.engine.EngineStore;
import dev.caretaker.sandbox.keeper.KeeperServer;
import dev.caretaker.sandbox.keeper.ProgramState;
import dev.caretaker.sandbox.load.Indices;
import dev.caretaker.sandbox.recorder.Effect;
import dev.caretaker.sandbox.recorder.Journal;
import dev.caretaker.sandbox.recorder.RecordingProxy;
import dev.caretaker.sandbox.recorder.Side;
import dev.caretaker.sandbox.recorder.Upstream;
import dev.caretaker.sandbox.watch.EngineDoor;
import dev.caretaker.sandbox.watch.Watcher;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One running sandbox. The operator reaches everything through recording proxies; the sandbox
 * itself, its watcher and its writer go past them.
 */
public final class Stand implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Stand.class);
  private static final Duration LOOKING = Duration.ofSeconds(3);
  private static final Duration WORKING = Duration.ofSeconds(15);

  private final StandOptions options;
  private final StandFiles files;
  private final Journal journal = new Journal();
  private final EngineCluster cluster;
  private final ControlPlane control;
  private final KubernetesClient client;
  private final OperatorProcess operator;
  private final EngineDoor working;
  private final Watcher watcher;
  private final Example example;
  private final int metricsPort;
  private final Deque<Closeable> parts;

  /** Closes what was opened so far, newest first, if the rest fails. */
  private static final class Opening implements AutoCloseable {
    private final Deque<Closeable> parts = new ArrayDeque<>();
    private boolean complete;

    void add(Closeable part) {
      parts.push(part);
    }

    @Override
    public void close() {
      if (!complete) {
        closeAll(parts);
      }
    }
  }

  private Stand(StandOptions options, Opening opening, Consumer<String> progress)
      throws IOException, InterruptedException {
    this.options = options;
    this.parts = opening.parts;
    this.files = new StandFiles(options.directory());
    this.cluster = startCluster(opening, progress);
    var keeper = new KeeperServer(cluster.keeper(), 0);
    opening.add(keeper::close);
    this.control = ControlPlane.open(options.kubernetes(), files.kubernetes(), journal, progress);
    opening.add(control::close);
    this.client = new KubernetesClientBuilder().withConfig(control.admin()).build();
    opening.add(client);
    var endpoints = new ArrayList<URI>();
    for (var node : cluster.nodes()) {
      endpoints.add(proxy(opening, Side.ENGINE, node.url()));
    }
    var keeperUrl = proxy(opening, Side.HOST, keeper.url());
    this.example = Example.read(endpoints, keeperUrl, cluster.nodes());
    this.metricsPort = freePort();
    this.operator =
        new OperatorProcess(
            files.operator(), control.operatorUrl(), metricsPort, journal, control.endStreams());
    opening.add(operator::close);
    var urls = cluster.nodes().stream().map(EngineNode::url).toList();
    this.working = new EngineDoor(urls, WORKING);
    this.watcher = new Watcher(new EngineDoor(urls, LOOKING), this::pids);
    opening.add(watcher::close);
    journal.onEffect(this::noteStop);
    watcher.start();
    opening.complete = true;
  }

  private EngineCluster startCluster(Opening opening, Consumer<String> progress)
      throws IOException, InterruptedException {
    var engine = EngineStore.ofThisUser().install(options.engine(), progress);
    files.cleanUpLeftOvers(progress);
    opening.add(() -> files.close(options.traces()));
    var settings = EngineOptions.defaults().with(options.placement()).with(options.traces());
    var nodes = EngineCluster.prepare(engine, options.shape(), files.cluster(), settings);
    opening.add(nodes::close);
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
    try (var opening = new Opening()) {
      return new Stand(options, opening, progress);
    }
  }

  /** Creates the resource definitions and the example's EsCluster, and starts the operator. */
  public void startOperator() throws IOException, InterruptedException {
    var crds = new Crds(client);
    crds.install();
    operator.start();
    esClusters().apply(example.object());
    if (options.kubernetes() == StandOptions.KubernetesChoice.KUBECONFIG) {
      parts.push(() -> esClusters().leaveNothing(example.name(), crds));
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

  public ControlPlane control() {
    return control;
  }

  public KubernetesClient client() {
    return client;
  }

  public Example example() {
    return example;
  }

  public StandOptions options() {
    return options;
  }

  /** Where the operator tells its health and metrics. */
  public URI metrics() {
    return URI.create("http://127.0.0.1:" + metricsPort + "/metrics");
  }

  public EsClusters esClusters() {
    return new EsClusters(client, namespace());
  }

  public String namespace() {
    return control.admin().getNamespace() == null ? "default" : control.admin().getNamespace();
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
      if (cluster.keeper().state(node.name()) instanceof ProgramState.Running running) {
        pids.put(node.name(), running.pid());
      }
    }
    return pids;
  }

  /** Stops everything; a second call does nothing. */
  @Override
  public synchronized void close() {
    journal.crashNoMore();
    closeAll(parts);
  }

  private URI proxy(Opening opening, Side side, URI to) throws IOException {
    var proxy = new RecordingProxy(side, Upstream.plain(to), journal);
    opening.add(proxy::close);
    return proxy.url();
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** One part that cannot be closed must not keep the others running. */
  private static void closeAll(Deque<Closeable> parts) {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (IOException | RuntimeException e) {
        log.warn("a part of the sandbox was not closed well", e);
      }
    }
  }
}
