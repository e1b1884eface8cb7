package dev.caretaker.sandbox.scenario;

import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.sandbox.scenario.Stage.Question;
import dev.caretaker.sandbox.watch.Look;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All that can happen to spot machines within a quarter of an hour, under writes: prices double, a
 * third of all machines is interrupted, one node of them without a word, budgets are halved and
 * restored, and the operator dies between a purchase and its answer.
 */
public final class SpotStormScenario implements Scenario {
  /** Tags are read for three minutes, then machines boot and nodes join, on two busy cores. */
  private static final Duration TO_BUY = Duration.ofMinutes(9);

  /** A look at the prices comes each minute. */
  private static final Duration TO_SHED = Duration.ofMinutes(3);

  /** Two minutes' notice, and a node to join. */
  private static final Duration TO_RECOVER = Duration.ofMinutes(8);

  /** So long the budgets stay halved at least: longer than what a pass is granted. */
  private static final Duration HALVED = Duration.ofSeconds(150);

  private static final Duration TO_END = Duration.ofMinutes(3);

  private final List<String> complaints = new ArrayList<>();

  @Override
  public Outcome play(Stage stage) throws IOException, InterruptedException {
    var begun = Instant.now();
    try (var fleets = StormFleets.apply(stage)) {
      await(stage, TO_BUY, "three nodes and six workers", () -> has(stage, fleets, 3, 6));
      var notices = new StormNotices(stage);
      notices.sendOthers(fleets.startOthers(2));
      stage.users().startWork();
      fleets.doublePrices();
      await(stage, TO_SHED, "five workers", () -> count(fleets.workers()) == 5);
      interrupt(stage, fleets, notices);
      halveBudgets(stage, fleets);
      killBetweenPurchaseAndAnswer(stage, fleets);
      await(stage, TO_RECOVER, "three nodes and five workers", () -> has(stage, fleets, 3, 5));
      await(stage, TO_END, "nothing of Caretaker's left", () -> stage.leaks().isEmpty());
      stage.stand().operator().stop();
      return new StormVerdict(stage, fleets, notices, complaints).judge(begun);
    }
  }

  /** A third of the eight machines: two nodes, one of them without notice, and a worker. */
  private void interrupt(Stage stage, StormFleets fleets, StormNotices notices)
      throws IOException, InterruptedException {
    var nodes = fleets.nodes().watch().members();
    var worker = fleets.workers().watch().staying();
    if (nodes.size() < 2 || worker.isEmpty()) {
      complaints.add("too few machines to interrupt some: " + nodes + ", " + worker);
      return;
    }
    var warned = nodes.get(0);
    var taken = nodes.get(1);
    stage.say().accept("EC2 takes " + warned + " and " + worker.get(0) + " in two minutes");
    notices.interrupt(List.of(warned, worker.get(0)), warned);
    stage.say().accept("EC2 takes " + taken + " at once, without a notice");
    stage.stand().cloud().take(taken);
    await(
        stage,
        TO_RECOVER,
        "replacements at work and " + warned + " gone",
        () -> isGone(stage, warned) && has(stage, fleets, 3, 5));
  }

  private void halveBudgets(Stage stage, StormFleets fleets)
      throws IOException, InterruptedException {
    var since = Instant.now();
    fleets.halveBudgets();
    await(stage, TO_RECOVER, "two nodes and four workers", () -> has(stage, fleets, 2, 4));
    var until = since.plus(HALVED);
    stage.await(HALVED, () -> Instant.now().isAfter(until));
  }

  /** It has asked for a machine and gets no answer; the one that is started next repeats it. */
  private void killBetweenPurchaseAndAnswer(Stage stage, StormFleets fleets)
      throws IOException, InterruptedException {
    var held = stage.stand().cloud().market().holdNextPurchase();
    fleets.restoreBudgets();
    if (!held.awaitDone(TO_SHED)) {
      complaints.add("nothing was bought when the budgets were restored");
    }
    stage.say().accept("a purchase is done and not answered: the operator is killed (kill -9)");
    stage.stand().operator().kill();
    held.drop();
    stage.stand().operator().start();
  }

  private void await(Stage stage, Duration patience, String what, Question question)
      throws IOException, InterruptedException {
    stage.say().accept("waits for " + what);
    if (!stage.await(patience, question)) {
      complaints.add("not within " + patience.toSeconds() + " s: " + what);
    }
  }

  private static int count(StormFleets.Fleet fleet) {
    return fleet.watch().staying().size();
  }

  /** So many machines and no others, all nodes in the cluster, and every copy serving. */
  private static boolean has(Stage stage, StormFleets fleets, int nodes, int workers) {
    var look = stage.stand().watcher().last();
    return count(fleets.nodes()) == nodes
        && count(fleets.workers()) == workers
        && look.isPresent()
        && guests(stage, look.get()).equals(names(fleets.nodes().watch().staying()))
        && look.get().allActive();
  }

  private static Set<String> guests(Stage stage, Look look) {
    var fixed = stage.stand().cluster().nodes().stream().map(node -> node.name()).toList();
    return look.members().stream()
        .filter(name -> !fixed.contains(name))
        .collect(Collectors.toSet());
  }

  private static Set<String> names(List<InstanceId> machines) {
    return machines.stream().map(InstanceId::value).collect(Collectors.toSet());
  }

  private static boolean isGone(Stage stage, InstanceId machine) {
    return !stage.stand().cloud().machines().runs(machine)
        && stage
            .stand()
            .watcher()
            .last()
            .filter(look -> !look.members().contains(machine.value()))
            .isPresent();
  }
}
