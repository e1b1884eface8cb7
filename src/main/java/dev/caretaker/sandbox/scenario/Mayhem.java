package dev.caretaker.sandbox.scenario;

import dev.caretaker.sandbox.watch.Watcher;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What goes wrong during a bounce, by the scenario's own hand. */
final class Mayhem implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Mayhem.class);
  private static final Duration AWAY = Duration.ofSeconds(60);

  /** Two nodes less than these leave a majority. */
  private static final int NODES_TO_SPARE_TWO = 5;

  private final Stage stage;
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicInteger operatorKills = new AtomicInteger();
  private volatile Optional<String> killedNode = Optional.empty();
  private volatile boolean nodeIsAway;

  Mayhem(Stage stage) {
    this.stage = stage;
  }

  /** Starts what was asked for. */
  void start(BounceOptions options) {
    if (options.crashEachEffect()) {
      stage.stand().journal().crashAfterEach(this::crashOperator);
    }
    options.killOperatorEvery().ifPresent(every -> run("operator-killer", () -> killOften(every)));
    options
        .killNode()
        .ifPresent(node -> run("node-killer", () -> killOnce(node, options.wipesDisk())));
  }

  /** How often the operator was killed by the clock. */
  int operatorKills() {
    return operatorKills.get();
  }

  /** The node that was killed. */
  Optional<String> killedNode() {
    return killedNode;
  }

  /** Whether the killed node is still to be started. */
  boolean nodeIsAway() {
    return nodeIsAway;
  }

  @Override
  public void close() throws IOException, InterruptedException {
    stage.stand().journal().crashNoMore();
    for (var thread : threads) {
      thread.interrupt();
      thread.join(Duration.ofSeconds(30).toMillis());
    }
    stage.stand().operator().start();
  }

  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  private void run(String name, Work work) {
    var thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                log.error("{} broke", name, e);
              } catch (InterruptedException e) {
                log.debug("{} is told to end", name, e);
              }
            },
            name);
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  private void crashOperator() throws InterruptedException {
    try {
      stage.stand().operator().kill();
      stage.stand().operator().start();
    } catch (IOException e) {
      throw new IllegalStateException("the operator cannot be restarted", e);
    }
  }

  private void killOften(Duration every) throws IOException, InterruptedException {
    while (true) {
      Thread.sleep(every.toMillis());
      stage.stand().operator().kill();
      stage.stand().operator().start();
      operatorKills.incrementAndGet();
      stage.say().accept("the scenario killed the operator (kill -9) and started it again");
    }
  }

  private void killOnce(String node, boolean wipe) throws IOException, InterruptedException {
    while (!isWorstMoment(node)) {
      Thread.sleep(100);
    }
    var watcher = stage.stand().watcher();
    watcher.redness().aboutToKill(node);
    nodeIsAway = true;
    killedNode = Optional.of(node);
    if (wipe) {
      stage.stand().cluster().wipe(node);
    } else {
      stage.stand().cluster().kill(node);
    }
    stage.say().accept("the scenario killed " + node + (wipe ? " and wiped its disk" : ""));
    Thread.sleep(AWAY.toMillis());
    watcher.downtime().startedByScenario(node);
    stage.stand().cluster().start(node);
    nodeIsAway = false;
    stage.say().accept("the scenario started " + node + " again");
  }

  /** In the middle: while another node is down, where the others can bear two missing. */
  private boolean isWorstMoment(String node) {
    Watcher watcher = stage.stand().watcher();
    var stopped = watcher.downtime().stoppedNow();
    if (stopped.contains(node) || !stage.stand().pids().containsKey(node)) {
      return false;
    }
    if (watcher.downtime().bounced() < 1) {
      return false;
    }
    return stage.nodes() >= NODES_TO_SPARE_TWO
        ? !watcher.downtime().goneNow().isEmpty()
        : stopped.isEmpty();
  }
}
