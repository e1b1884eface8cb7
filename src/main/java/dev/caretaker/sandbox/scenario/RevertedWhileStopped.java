package dev.caretaker.sandbox.scenario;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The wish is taken back while a node is stopped: that node is started, and no other is bounced.
 */
final class RevertedWhileStopped implements HostileCase {

  @Override
  public String title() {
    return "restartedAt is reverted while a node is stopped";
  }

  @Override
  public List<String> play(Stage stage) throws IOException, InterruptedException {
    var wrong = new ArrayList<String>();
    var bounces = Bounces.of(stage);
    int effects = stage.stand().journal().effects().size();
    bounces.ask();
    if (!bounces.awaitStopped()) {
      return List.of("no node was stopped");
    }
    bounces.revert();
    if (!stage.await(Duration.ofMinutes(4), stage::settled)) {
      wrong.add("the stopped node did not come back, or holds still stand");
    }
    if (bounces.started() != 1) {
      wrong.add(bounces.started() + " nodes were started, not the one that was stopped");
    }
    if (Effects.since(stage, effects).stops() != 1) {
      wrong.add("more than one node was stopped");
    }
    return wrong;
  }
}
