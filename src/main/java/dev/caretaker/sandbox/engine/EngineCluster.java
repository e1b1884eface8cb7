package dev.caretaker.sandbox.engine;

import dev.caretaker.sandbox.engine.EngineOptions.Traces;
import dev.caretaker.sandbox.engine.NodeSettings.Stage;
import dev.caretaker.sandbox.keeper.FreePorts;
import dev.caretaker.sandbox.keeper.Keeper;
import dev.caretaker.sandbox.keeper.ProgramState;
import dev.caretaker.sandbox.keeper.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * A real cluster on this machine: each node a process of its own under a {@link Keeper}. The nodes
 * can be killed, wiped, frozen and started; ports, configuration and data stay with a node.
 *
 * <p>A directory that was kept can be opened again with the same shape: the nodes find their data.
 */
public final class EngineCluster implements AutoCloseable {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

  /** Longer than a busy node needs to answer, short enough to try the next one soon. */
  private static final Duration ANSWER = Duration.ofSeconds(5);

  private final EngineInstallation engine;
  private final EngineOptions options;
  private final ClusterShape shape;
  private final ClusterDirectory directory;
  private final Keeper keeper;
  private final Programs programs;
  private final List<EngineNode> nodes;
  private final NodeFiles files;
  private final NodeSettings settings;
  private final GuestNodes guests;
  private final EngineHttp http = new EngineHttp(ANSWER);
  private boolean closed;

  private EngineCluster(
      EngineInstallation engine,
      EngineOptions options,
      EngineAccount account,
      ClusterShape shape,
      ClusterDirectory directory,
      Keeper keeper,
      Programs programs,
      List<EngineNode> nodes) {
    this.engine = engine;
    this.options = options;
    this.shape = shape;
    this.directory = directory;
    this.keeper = keeper;
    this.programs = programs;
    this.nodes = List.copyOf(nodes);
    this.files = new NodeFiles(engine, account, options);
    this.settings = new NodeSettings(engine.kind(), this.nodes, options);
    this.guests = new GuestNodes(directory, programs, files, settings);
  }

  /**
   * Prepares the files of all nodes and starts nothing yet, so that the caller can see to it that
   * {@link #close} is called whatever happens.
   *
   * @param directory made where it is missing; removed by {@link #close} unless the options say
   *     otherwise
   * @throws IOException also when a living sandbox has this directory
   */
  public static EngineCluster prepare(
      EngineInstallation engine, ClusterShape shape, Path directory, EngineOptions options)
      throws IOException, InterruptedException {
    return prepare(engine, shape, directory, options, (keeper, ignored) -> keeper);
  }

  /**
   * The same with somebody else than the keeper to run the nodes.
   *
   * @param supervision chooses who, itself a process of the keeper
   */
  public static EngineCluster prepare(
      EngineInstallation engine,
      ClusterShape shape,
      Path directory,
      EngineOptions options,
      Supervision supervision)
      throws IOException, InterruptedException {
    EngineAccount account = EngineAccount.ofThisProcess();
    ClusterDirectory home = ClusterDirectory.of(directory);
    home.make(account);
    Keeper keeper = Keeper.open(home.keeper());
    try {
      home.requireSame(engine.kind(), shape);
      List<EngineNode> nodes = plan(shape, home);
      Programs programs = supervision.of(keeper, home.keeper());
      EngineCluster cluster =
          new EngineCluster(engine, options, account, shape, home, keeper, programs, nodes);
      for (EngineNode node : nodes) {
        programs.add(cluster.files.program(node, programs.leash()));
      }
      cluster.configure(home.isFormed() ? Stage.MEMBER : Stage.BOOTSTRAP);
      return cluster;
    } catch (IOException | InterruptedException | RuntimeException e) {
      keeper.close();
      throw e;
    }
  }

  /**
   * Stops what a killed sandbox left running in this directory and removes its files.
   *
   * @return the names of the nodes that were still running
   * @throws IOException also when that sandbox is alive
   */
  public static List<String> cleanUp(Path directory) throws IOException, InterruptedException {
    ClusterDirectory home = ClusterDirectory.of(directory);
    List<String> stopped = Keeper.cleanUp(home.keeper());
    home.remove();
    return stopped;
  }

  /**
   * Starts all nodes and waits until each of them sees all.
   *
   * @throws EngineFailure when a process died or the time was up
   */
  public void start() throws IOException, InterruptedException {
    for (EngineNode node : nodes) {
      programs.start(node.name());
    }
    awaitMembers(nodes, options.patience());
    if (!directory.isFormed()) {
      becomeMembers();
    }
  }

  public EngineKind kind() {
    return engine.kind();
  }

  public List<EngineNode> nodes() {
    return nodes;
  }

  /** Nodes that join it while it runs, and leave it for good. */
  public GuestNodes guests() {
    return guests;
  }

  public EngineNode node(String name) {
    return nodes.stream()
        .filter(node -> node.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no node " + name));
  }

  /** What is known of a node's process. */
  public ProgramState state(String name) {
    return programs.state(name);
  }

  /** The keeper, of the nodes or of who runs them, for the operator to talk to. */
  public Keeper keeper() {
    return keeper;
  }

  /** Starts a node that is down, and returns before it is back. */
  public void start(String name) throws IOException {
    programs.start(name);
  }

  /** Kills a node's process, as a crash would. */
  public void kill(String name) throws IOException, InterruptedException {
    forget(programs.kill(name));
  }

  /** A JVM's socket for tools, which Elasticsearch 8 opens to itself; always in this place. */
  static void forget(List<Long> processes) throws IOException {
    for (long process : processes) {
      Files.deleteIfExists(Path.of("/tmp/.java_pid" + process));
    }
  }

  /** Kills a node and deletes its data, as the loss of a spot machine does. */
  public void wipe(String name) throws IOException, InterruptedException {
    kill(name);
    files.wipe(node(name));
  }

  /** Freezes a node: its connections stay open and nothing answers. */
  public void pause(String name) throws IOException, InterruptedException {
    programs.pause(name);
  }

  /** Lets a frozen node go on. */
  public void resume(String name) throws IOException, InterruptedException {
    programs.resume(name);
  }

  /**
   * Waits until these nodes, and no others, are the cluster, and each of them says so.
   *
   * @throws EngineFailure when one of their processes is not running or the time was up
   */
  public void awaitMembers(List<EngineNode> members, Duration patience)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    List<EngineNode> missing = new ArrayList<>(members);
    while (!missing.isEmpty()) {
      for (EngineNode node : members) {
        requireRunning(node);
      }
      Iterator<EngineNode> rest = missing.iterator();
      while (rest.hasNext() && sees(rest.next(), members.size())) {
        rest.remove();
      }
      if (missing.isEmpty()) {
        return;
      }
      if (System.nanoTime() > end) {
        EngineNode first = missing.get(0);
        throw new EngineFailure(
            "%s saw no cluster of %d nodes within %d s:%n%s"
                .formatted(first.name(), members.size(), patience.toSeconds(), first.lastLines()));
      }
      Thread.sleep(BETWEEN_LOOKS.toMillis());
    }
  }

  /**
   * Stops all nodes and removes what they wrote, unless the options say to keep it. Another thread
   * may be starting the cluster meanwhile; it gets an exception.
   */
  @Override
  public synchronized void close() throws IOException {
    closed = true;
    programs.close();
    if (options.traces() == Traces.REMOVE) {
      directory.remove();
    }
  }

  private static List<EngineNode> plan(ClusterShape shape, ClusterDirectory directory)
      throws IOException {
    Map<String, String> zones = shape.zoneByNode();
    Iterator<Integer> ports = FreePorts.take(2 * zones.size()).iterator();
    List<EngineNode> nodes = new ArrayList<>();
    zones.forEach(
        (name, zone) -> {
          Path home = directory.node(name);
          nodes.add(new EngineNode(name, zone, ports.next(), ports.next(), home));
        });
    return nodes;
  }

  private synchronized void becomeMembers() throws IOException {
    if (!closed) {
      directory.noteFormed(engine.kind(), shape);
      for (EngineNode node : nodes) {
        files.rewriteSettings(node, settings.of(node, Stage.MEMBER));
      }
    }
  }

  private void configure(Stage stage) throws IOException {
    for (EngineNode node : nodes) {
      files.write(node, settings.of(node, stage));
    }
  }

  private void requireRunning(EngineNode node) throws IOException {
    ProgramState state = programs.state(node.name());
    if (!(state instanceof ProgramState.Running)) {
      throw new EngineFailure(
          "%s is not running: %s%n%s".formatted(node.name(), state, node.lastLines()));
    }
  }

  private boolean sees(EngineNode node, int count) throws InterruptedException {
    try {
      EngineHttp.Answer answer =
          http.get(node, "/_cluster/health?timeout=1s&master_timeout=1s&wait_for_nodes=" + count);
      return answer.ok() && answer.body().path("number_of_nodes").asInt() == count;
    } catch (IOException e) {
      // Refused, reset or late: that is what waiting is for; a dead process shows in the keeper.
      return false;
    }
  }
}
