package dev.caretaker.sandbox.scenario;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A person freezes the cluster by hand: it is reported by name, value and scope, nothing is stopped
 * and nothing overwritten; when it is gone, the rollout goes on by itself.
 */
final class ForeignTransient implements HostileCase {

  private static final String KEY = "cluster.routing.allocation.enable";
  private static final Duration LEFT_ALONE = Duration.ofSeconds(20);

  @Override
  public String title() {
    return "a person sets a transient allocation.enable of none";
  }

  @Override
  public List<String> play(Stage stage) throws IOException, InterruptedException {
    var wrong = new ArrayList<String>();
    var bounces = Bounces.of(stage);
    put(stage, "\"none\"");
    stage.await(Duration.ofSeconds(10), () -> stage.look().enableInForce().equals("none"));
    int effects = stage.stand().journal().effects().size();
    bounces.ask();
    if (!stage.await(Duration.ofMinutes(2), () -> namesConflict(stage))) {
      wrong.add("no condition names the transient value");
    }
    Thread.sleep(LEFT_ALONE.toMillis());
    if (!"none".equals(stage.look().transientScope().get(KEY))) {
      wrong.add("the person's value was overwritten");
    }
    var done = Effects.since(stage, effects);
    if (done.stops() > 0) {
      wrong.add("a node was stopped under a foreign value");
    }
    put(stage, "null");
    var zone = Bounces.nodesOf(stage, Bounces.ZONE);
    if (!stage.await(Duration.ofMinutes(3L * zone.size()), bounces::allBouncedAndSettled)) {
      wrong.add("the rollout did not go on when the value was gone");
    }
    wrong.addAll(bounces.notExactlyOnce());
    return wrong;
  }

  private static boolean namesConflict(Stage stage) throws IOException {
    var condition = stage.stand().esClusters().condition(stage.name(), "SettingsInSync");
    var message = condition.path("message").asText();
    return condition.path("status").asText().equals("False")
        && condition.path("reason").asText().equals("Conflict")
        && message.contains(KEY)
        && message.contains("none")
        && message.contains("transient");
  }

  private static void put(Stage stage, String value) throws IOException, InterruptedException {
    var body = "{\"transient\":{\"" + KEY + "\":" + value + "}}";
    var answer = stage.stand().door().ask("PUT", "/_cluster/settings", body);
    if (!answer.ok()) {
      throw new IOException("the scenario could not set " + KEY + ": " + answer.body());
    }
  }
}
