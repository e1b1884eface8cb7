package dev.caretaker.sandbox.scenario;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A second EsCluster for the same cluster asks for a restart while the first has its mark there: it
 * is refused by name of the first, does nothing, and can be deleted.
 */
final class SecondOwner implements HostileCase {

  private static final String NAME = "activedata-again";
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration LEFT_ALONE = Duration.ofSeconds(20);

  @Override
  public String title() {
    return "a second EsCluster for the same cluster";
  }

  @Override
  public List<String> play(Stage stage) throws IOException, InterruptedException {
    var wrong = new ArrayList<String>();
    var bounces = Bounces.of(stage);
    int effects = stage.stand().journal().effects().size();
    stage.stand().esClusters().apply(twin(stage));
    stage.say().accept("created EsCluster " + NAME);
    if (!stage.await(PATIENCE, () -> isRefused(stage))) {
      wrong.add("the second EsCluster is not refused by the name of the first");
    }
    Thread.sleep(LEFT_ALONE.toMillis());
    var done = Effects.since(stage, effects);
    if (done.stops() > 0 || bounces.started() > 0) {
      wrong.add("a node was stopped for the second EsCluster");
    }
    if (done.onEngine() > 0) {
      wrong.add("the engine was changed while two EsClusters claim it");
    }
    stage.stand().esClusters().delete(NAME);
    if (!stage.await(PATIENCE, () -> !stage.stand().esClusters().exists(NAME))) {
      wrong.add("the second EsCluster cannot be deleted");
    }
    if (!stage.await(PATIENCE, () -> isFree(stage))) {
      wrong.add("the first EsCluster is still blocked by one that is gone");
    }
    return wrong;
  }

  private static ObjectNode twin(Stage stage) {
    var twin = stage.stand().example().object();
    twin.withObject("/metadata").put("name", NAME);
    var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    twin.withObject("/spec/rollout").put("restartedAt", now.toString());
    return twin;
  }

  private static boolean isRefused(Stage stage) throws IOException {
    var status = stage.stand().esClusters().read(NAME).path("status");
    var guards = status.path("blockedBy").toString();
    boolean guarded = guards.contains("OneResourceACluster") || guards.contains("MarkIsOurs");
    // Idle, the resource is named; while the mark stands, its owner, which goes on with a UID.
    var named = Pattern.compile("/" + Pattern.quote(stage.name()) + "[/\\]]");
    var stalled = stage.stand().esClusters().condition(NAME, "Stalled");
    return guarded && named.matcher(stalled.path("message").asText()).find();
  }

  private static boolean isFree(Stage stage) throws IOException {
    var status = stage.stand().esClusters().read(stage.name()).path("status");
    return status.path("blockedBy").isEmpty() && stage.settled();
  }
}
