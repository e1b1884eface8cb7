package dev.caretaker.sandbox.scenario;

import dev.caretaker.sandbox.watch.Downtime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A bounce of one zone within a case, measured from the moment it began. */
final class Bounces {

  /** The smaller one: a case need not bounce everything. */
  static final String ZONE = "backup";

  private static final Duration TO_STOP = Duration.ofMinutes(3);

  private final Stage stage;
  private final Map<String, Integer> startsBefore;

  private Bounces(Stage stage) {
    this.stage = stage;
    this.startsBefore = downtime(stage).starts();
  }

  /** Counts from now on. */
  static Bounces of(Stage stage) {
    return new Bounces(stage);
  }

  static List<String> nodesOf(Stage stage, String zone) {
    return stage.stand().cluster().nodes().stream()
        .filter(node -> node.zone().equals(zone))
        .map(node -> node.name())
        .toList();
  }

  void ask() {
    stage.askForRestart("\"select\":{\"zones\":[\"" + ZONE + "\"]}");
  }

  /** Takes the wish back. */
  void revert() {
    stage.declare("{\"rollout\":{\"restartedAt\":null,\"select\":null}}");
  }

  boolean awaitStopped() throws IOException, InterruptedException {
    return stage.await(TO_STOP, () -> !downtime(stage).goneNow().isEmpty());
  }

  boolean allBouncedAndSettled() {
    return nodesOf(stage, ZONE).stream().allMatch(node -> starts(node) > 0) && stage.settled();
  }

  /** How many nodes were started since the count began. */
  int started() {
    return (int)
        stage.stand().cluster().nodes().stream().filter(node -> starts(node.name()) > 0).count();
  }

  /** What is wrong where every node of the zone, and no other, should have been started once. */
  List<String> notExactlyOnce() {
    var wrong = new ArrayList<String>();
    for (var node : stage.stand().cluster().nodes()) {
      int wanted = node.zone().equals(ZONE) ? 1 : 0;
      if (starts(node.name()) != wanted) {
        wrong.add(node.name() + " was started " + starts(node.name()) + " times, not " + wanted);
      }
    }
    return wrong;
  }

  private int starts(String node) {
    return downtime(stage).starts().getOrDefault(node, 0) - startsBefore.getOrDefault(node, 0);
  }

  private static Downtime downtime(Stage stage) {
    return stage.stand().watcher().downtime();
  }
}
