package dev.caretaker.sandbox.scenario;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caretaker.sandbox.watch.Holds;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Every node is bounced while people write and read, a new index is created in each freeze, and in
 * the end every acknowledged document is compared.
 */
public final class BounceScenario implements Scenario {

  /** A node of 256 MB needs half a minute to start where five share two cores. */
  private static final Duration PER_NODE = Duration.ofMinutes(3);

  /** Longer than a crashed operator needs to be back and to have looked. */
  private static final Duration CALM = Duration.ofSeconds(15);

  private static final int CRASHES_TAKE_LONGER = 6;

  /** Less than that says nothing about writing while a node is away. */
  private static final int WRITES_PER_NODE = 10;

  private final BounceOptions options;

  public BounceScenario(BounceOptions options) {
    this.options = options;
  }

  @Override
  public Outcome play(Stage stage) throws IOException, InterruptedException {
    var begun = Instant.now();
    var complaints = new ArrayList<String>();
    try (var mayhem = new Mayhem(stage)) {
      mayhem.start(options);
      stage.stand().watcher().onFreeze(stage.users()::rollOver);
      stage.users().startWork();
      var rounds = new ArrayList<Round>();
      for (int number = 1; number <= options.rounds(); number++) {
        rounds.add(round(stage, mayhem, number, complaints));
      }
      judgeMayhem(mayhem, complaints);
      mayhem.close();
      var outcome = measure(stage, mayhem, begun, complaints);
      rounds.get(0).tell(outcome.line(), "predictedSeconds", "bounceSeconds");
      for (var again : rounds.subList(1, rounds.size())) {
        again.tell(outcome.line(), "predictedAgainSeconds", "againSeconds");
      }
      return outcome;
    }
  }

  /** What was predicted of one bounce of every node, and what it took; in seconds. */
  private record Round(OptionalLong predicted, long took) {
    void tell(ObjectNode line, String predictedField, String tookField) {
      predicted.ifPresent(seconds -> line.put(predictedField, seconds));
      line.put(tookField, took);
    }
  }

  private Round round(Stage stage, Mayhem mayhem, int number, List<String> complaints)
      throws IOException, InterruptedException {
    var predicted = predicted(stage);
    var asked = Instant.now();
    stage.askForRestart();
    if (!stage.await(patience(stage), () -> isOver(stage, mayhem, number))) {
      complaints.add("not over after " + patience(stage).toSeconds() + " s");
    }
    long took = Duration.between(asked, Instant.now()).toSeconds();
    awaitCalm(stage);
    return new Round(predicted, took);
  }

  /** A restart without a forecast is still a restart: it is judged by what it does. */
  private static OptionalLong predicted(Stage stage) throws InterruptedException {
    try {
      return OptionalLong.of(stage.stand().predictedSeconds());
    } catch (IOException none) {
      stage.say().accept("no forecast to compare with: " + none.getMessage());
      return OptionalLong.empty();
    }
  }

  private Duration patience(Stage stage) {
    int factor = options.crashEachEffect() ? CRASHES_TAKE_LONGER : 1;
    return PER_NODE.multipliedBy((long) factor * stage.nodes());
  }

  private static boolean isOver(Stage stage, Mayhem mayhem, int round) {
    var starts = stage.stand().watcher().downtime().starts().values();
    return starts.stream().filter(times -> times >= round).count() == stage.nodes()
        && !mayhem.nodeIsAway()
        && stage.settled();
  }

  /** The operator may still write that it is done, and must then fall silent. */
  private static void awaitCalm(Stage stage) throws InterruptedException {
    int seen = -1;
    var end = Instant.now().plusSeconds(120);
    while (seen != stage.stand().journal().effects().size() && Instant.now().isBefore(end)) {
      seen = stage.stand().journal().effects().size();
      Thread.sleep(CALM.toMillis());
    }
  }

  private void judgeMayhem(Mayhem mayhem, List<String> complaints) {
    if (options.killNode().isPresent() && mayhem.killedNode().isEmpty()) {
      complaints.add("the moment to kill " + options.killNode().get() + " never came");
    }
    if (options.killOperatorEvery().isPresent() && mayhem.operatorKills() == 0) {
      complaints.add("the operator was never killed");
    }
  }

  private Outcome measure(Stage stage, Mayhem mayhem, Instant begun, List<String> complaints)
      throws IOException, InterruptedException {
    int lost = stage.users().countLost();
    var leaks = stage.leaks();
    var line = line(stage, lost, leaks.size());
    if (options.crashEachEffect()) {
      addCrashes(stage, line);
    }
    line.put("seconds", Duration.between(begun, Instant.now()).toSeconds());
    leaks.forEach(leak -> complaints.add("leaked: " + leak));
    var redness = stage.stand().watcher().redness();
    redness.red().forEach(shard -> complaints.add("red: " + shard));
    redness.newbornRed().forEach((shard, seen) -> complaints.add("red: " + shard + ", " + seen));
    judgeWork(stage, mayhem, complaints);
    complaints.addAll(BounceVerdict.of(line));
    return new Outcome(line, complaints);
  }

  private ObjectNode line(Stage stage, int lost, int leaked) {
    var watcher = stage.stand().watcher();
    var redness = watcher.redness();
    var ledger = stage.users().ledger();
    var line =
        stage
            .line("bounce")
            .put("engine", stage.stand().engine().version())
            .put("nodes", stage.nodes())
            .put("bounced", watcher.downtime().bounced())
            .put("freezes", watcher.freezes().count())
            .put("newIndices", stage.users().rolled())
            .put("acknowledged", ledger.acknowledged())
            .put("acknowledgedWhileFrozen", ledger.acknowledgedWhileFrozen())
            .put("lost", lost)
            .put("maxNodesDown", watcher.downtime().mostStopped())
            .put("everRed", !redness.red().isEmpty())
            .put("newIndexRed", redness.newbornRed().size())
            .put("leakedSettings", leaked);
    if (options.killNode().isPresent()) {
      line.put("redByOwnKill", redness.redByOwnKill().size());
    }
    return line;
  }

  private static void addCrashes(Stage stage, ObjectNode line)
      throws IOException, InterruptedException {
    var journal = stage.stand().journal();
    var watcher = stage.stand().watcher();
    int left = Holds.differences(watcher.first(), stage.look()).size();
    line.put("effects", journal.effectsOfCrashes())
        .put("crashes", journal.crashes())
        .put("staleOwnHolds", watcher.holds().unmarked() + left);
  }

  private void judgeWork(Stage stage, Mayhem mayhem, List<String> complaints) {
    var downtime = stage.stand().watcher().downtime();
    for (var node : stage.stand().cluster().nodes()) {
      boolean killed = mayhem.killedNode().filter(node.name()::equals).isPresent();
      if (!killed && !downtime.everStopped().contains(node.name())) {
        complaints.add(node.name() + " was never asked to stop");
      }
      if (downtime.startsByCaretaker(node.name()) > options.rounds()) {
        complaints.add(node.name() + " was started " + downtime.starts() + " times");
      }
    }
    var reader = stage.users().reader();
    if (reader.answered() == 0) {
      complaints.add("no query was answered");
    }
    if (stage.users().ledger().acknowledgedWhileFrozen() < (long) WRITES_PER_NODE * stage.nodes()) {
      complaints.add("too few writes while frozen");
    }
  }
}
