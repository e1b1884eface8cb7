package dev.caretaker.sandbox.scenario;

import dev.caretaker.sandbox.watch.Holds;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The operator dies while it holds the cluster, nobody wants the rollout any more, and its status
 * is gone too: the next one knows its own holds by the mark and lifts them, and stops nothing.
 */
final class DeadOperatorsHolds implements HostileCase {

  private static final Duration DEAD = Duration.ofSeconds(10);

  @Override
  public String title() {
    return "a dead operator's holds are found by one without a memory";
  }

  @Override
  public List<String> play(Stage stage) throws IOException, InterruptedException {
    var wrong = new ArrayList<String>();
    var bounces = Bounces.of(stage);
    bounces.ask();
    if (!stage.await(Duration.ofMinutes(3), stage.stand().watcher().freezes()::frozen)) {
      return List.of("nothing was ever frozen");
    }
    stage.stand().operator().kill();
    Thread.sleep(DEAD.toMillis());
    var held = stage.look();
    if (!Holds.marked(held) || !held.frozen()) {
      wrong.add("the holds did not outlive the operator");
    }
    bounces.revert();
    stage.stand().esClusters().wipeStatus(stage.name());
    int effects = stage.stand().journal().effects().size();
    stage.stand().operator().start();
    if (!stage.await(Duration.ofMinutes(3), stage::settled)) {
      wrong.add("the holds of the dead operator were not lifted");
    }
    if (Effects.since(stage, effects).stops() > 0) {
      wrong.add("a node was stopped though nobody asks for it any more");
    }
    if (bounces.started() > 1) {
      wrong.add("more than the one node that may have been stopped was started");
    }
    return wrong;
  }
}
