package dev.caretaker.sandbox.scenario;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The status is lost while a node is stopped: the rollout goes on and ends as if nothing were. */
final class StatusWiped implements HostileCase {

  @Override
  public String title() {
    return "the status is wiped while a node is stopped";
  }

  @Override
  public List<String> play(Stage stage) throws IOException, InterruptedException {
    var wrong = new ArrayList<String>();
    var bounces = Bounces.of(stage);
    var zone = Bounces.nodesOf(stage, Bounces.ZONE);
    bounces.ask();
    if (!bounces.awaitStopped()) {
      return List.of("no node was stopped");
    }
    stage.stand().operator().kill();
    stage.stand().esClusters().wipeStatus(stage.name());
    var left = stage.stand().esClusters().read(stage.name()).path("status");
    if (left.has("progress")) {
      wrong.add("the scenario could not wipe the status: " + left);
    }
    stage.stand().operator().start();
    if (!stage.await(Duration.ofMinutes(3L * zone.size()), bounces::allBouncedAndSettled)) {
      wrong.add("the rollout did not end after its status was wiped");
    }
    wrong.addAll(bounces.notExactlyOnce());
    return wrong;
  }
}
