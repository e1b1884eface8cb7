package dev.caretaker.sandbox.scenario;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Five cruelties, one after the other, each with its one right outcome. */
public final class HostileScenario implements Scenario {

  private static final List<HostileCase> CASES =
      List.of(
          new StatusWiped(),
          new DeadOperatorsHolds(),
          new ForeignTransient(),
          new SecondOwner(),
          new RevertedWhileStopped());

  private static final Duration QUIET = Duration.ofSeconds(4);

  @Override
  public Outcome play(Stage stage) throws IOException, InterruptedException {
    var begun = Instant.now();
    var complaints = new ArrayList<String>();
    int good = 0;
    stage.users().startWork();
    for (var each : CASES) {
      stage.say().accept("case: " + each.title());
      var wrong = each.play(stage);
      wrong.forEach(what -> complaints.add(each.title() + ": " + what));
      good += wrong.isEmpty() ? 1 : 0;
      stage.say().accept(wrong.isEmpty() ? "as expected" : "WRONG: " + wrong);
      calmDown(stage);
    }
    return measure(stage, good, begun, complaints);
  }

  /** The next case begins in peace, whatever this one left. */
  private static void calmDown(Stage stage) throws IOException, InterruptedException {
    stage.stand().operator().start();
    stage.declare("{\"rollout\":{\"restartedAt\":null,\"select\":null}}");
    stage.await(Duration.ofMinutes(2), stage::settled);
    stage.await(Duration.ofMinutes(1), () -> isQuiet(stage));
  }

  /** The engine shows a change before its answer is through, and only then is it recorded. */
  private static boolean isQuiet(Stage stage) throws InterruptedException {
    int before = stage.stand().journal().effects().size();
    Thread.sleep(QUIET.toMillis());
    return stage.stand().journal().effects().size() == before;
  }

  private static Outcome measure(Stage stage, int good, Instant begun, List<String> complaints)
      throws IOException, InterruptedException {
    int lost = stage.users().countLost();
    var leaks = stage.leaks();
    var writes = new KnownWrites(stage.stand().namespace() + "/" + stage.name());
    var unexplained = writes.unexplained(stage.stand().journal().effects());
    int stopped = stage.nodes() - stage.stand().pids().size();
    var red = stage.stand().watcher().redness().red();
    var line =
        stage
            .line("hostile")
            .put("cases", CASES.size())
            .put("recoveredOrRefused", good)
            .put("unexplainedWrites", unexplained.size())
            .put("nodesLeftStopped", stopped)
            .put("lost", lost)
            .put("leakedSettings", leaks.size())
            .put("seconds", Duration.between(begun, Instant.now()).toSeconds());
    unexplained.forEach(effect -> complaints.add("unexplained: " + effect.line() + effect.body()));
    leaks.forEach(leak -> complaints.add("leaked: " + leak));
    if (stopped > 0) {
      complaints.add(stopped + " nodes are left stopped");
    }
    if (lost > 0 || stage.users().ledger().acknowledged() == 0) {
      complaints.add("lost " + lost + " of " + stage.users().ledger().acknowledged());
    }
    if (!red.isEmpty()) {
      complaints.add("red: " + red);
    }
    if (good < CASES.size() && complaints.isEmpty()) {
      complaints.add("a case went wrong");
    }
    return new Outcome(line, complaints);
  }
}
