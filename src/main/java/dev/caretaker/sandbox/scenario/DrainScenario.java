package dev.caretaker.sandbox.scenario;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.caretaker.sandbox.engine.EngineOptions.Placement;
import dev.caretaker.sandbox.watch.Holds;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Nodes and a zone are emptied: cancelled half-way and asked again, proven against the routing
 * table, and, where awareness forbids it, refused with the name of the decider.
 */
public final class DrainScenario implements Scenario {

  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final String RISKY = "spot";
  private static final String AWARENESS = "cluster.routing.allocation.awareness.attributes";

  /** So slow that a drain can be cancelled half-way, in bytes per second. */
  private static final String SLOW = "400kb";

  @Override
  public Outcome play(Stage stage) throws IOException, InterruptedException {
    var begun = Instant.now();
    var drain = new Drains(stage);
    var complaints = new ArrayList<String>();
    setRecoverySpeed(stage, SLOW);
    stage.users().startWork();
    var node = firstOf(stage, RISKY);
    boolean restored = cancelHalfWay(stage, drain, node, complaints);
    setRecoverySpeed(stage, "");
    drainToTheEnd(stage, drain, "excludeNodes", List.of(node), List.of(node), complaints);
    if (stage.stand().options().placement() == Placement.ANYWHERE) {
      drainToTheEnd(stage, drain, "excludeZones", List.of(RISKY), in(stage, RISKY), complaints);
      setAwareness(stage, "zone");
      refuseZone(stage, drain, complaints);
      setAwareness(stage, "");
    } else {
      refuseZone(stage, drain, complaints);
    }
    if (!stage.await(PATIENCE, stage::settled)) {
      complaints.add("the cluster did not settle at its baseline");
    }
    return measure(stage, drain, restored, begun, complaints);
  }

  private static boolean cancelHalfWay(
      Stage stage, Drains drain, String node, List<String> complaints)
      throws IOException, InterruptedException {
    long before = stage.look().copiesOn(node);
    if (before < 2) {
      complaints.add(node + " has " + before + " copies, too few for half a drain");
    }
    drain.declare("excludeNodes", List.of(node));
    if (!stage.await(PATIENCE, () -> isHalfWay(stage, node, before))) {
      complaints.add("the drain of " + node + " was never half-way");
      return false;
    }
    drain.declare("excludeNodes", List.of());
    boolean restored = stage.await(Duration.ofSeconds(60), () -> atBaseline(stage));
    boolean some = stage.look().copiesOn(node) > 0;
    if (!some) {
      complaints.add("nothing was left on " + node + " when its drain was cancelled");
    }
    // A drain that goes on after it was cancelled would show within that time.
    boolean stays = stage.await(PATIENCE, stage::settled) && stage.look().copiesOn(node) > 0;
    return restored && some && stays;
  }

  private static boolean isHalfWay(Stage stage, String node, long before) {
    return stage
        .stand()
        .watcher()
        .last()
        .filter(look -> look.copiesOn(node) < before && look.copiesOn(node) > 0)
        .isPresent();
  }

  private static void drainToTheEnd(
      Stage stage,
      Drains drain,
      String field,
      List<String> values,
      List<String> nodes,
      List<String> complaints)
      throws IOException, InterruptedException {
    // What was drained before fills again when the engine balances, which is not at once.
    if (!stage.await(PATIENCE, () -> nodes.stream().anyMatch(name -> copiesOn(stage, name) > 0))) {
      complaints.add(values + " was empty before it was drained, which proves nothing");
    }
    drain.declare(field, values);
    if (!stage.await(PATIENCE, () -> drain.claimed(nodes))) {
      complaints.add("no proof that " + values + " is empty");
    }
    drain.declare(field, List.of());
    if (!stage.await(PATIENCE, () -> atBaseline(stage))) {
      complaints.add("the exclusion of " + values + " still stands");
    }
    stage.await(PATIENCE, stage::settled);
  }

  /** Under awareness the copies of a zone have no other place; the operator must say so. */
  private static void refuseZone(Stage stage, Drains drain, List<String> complaints)
      throws IOException, InterruptedException {
    if (!stage.await(PATIENCE, () -> isSpread(stage))) {
      complaints.add("awareness did not bring a copy of everything into zone " + RISKY);
    }
    drain.declare("excludeZones", List.of(RISKY));
    if (!stage.await(PATIENCE, () -> drain.blockedBy("awareness", in(stage, RISKY)))) {
      complaints.add("the drain of a zone under awareness is not Blocked by the awareness decider");
    }
    if (in(stage, RISKY).stream().allMatch(name -> copiesOn(stage, name) == 0)) {
      complaints.add("zone " + RISKY + " is empty though awareness forbids it");
    }
    drain.declare("excludeZones", List.of());
    if (!stage.await(PATIENCE, () -> atBaseline(stage))) {
      complaints.add("the refused exclusion still stands");
    }
  }

  /** Whether awareness has what it wants: of the two copies of a shard, one in each zone. */
  private static boolean isSpread(Stage stage) throws IOException, InterruptedException {
    var look = stage.look();
    var there = in(stage, RISKY);
    long risky =
        look.copies().stream()
            .filter(copy -> copy.active() && copy.relocatingNode().isEmpty())
            .filter(copy -> copy.node().filter(there::contains).isPresent())
            .count();
    return look.allActive() && 2 * risky == look.copies().size();
  }

  private static Outcome measure(
      Stage stage, Drains drain, boolean restored, Instant begun, List<String> complaints)
      throws IOException, InterruptedException {
    int lost = stage.users().countLost();
    var leaks = stage.leaks();
    var line =
        stage
            .line("drain")
            .put("engine", stage.stand().engine().version())
            .put("copiesLeft", drain.copiesLeft())
            .put("falseProofs", drain.falseProofs())
            .put("cancelRestored", restored)
            .put("lost", lost)
            .put("leakedSettings", leaks.size())
            .put("seconds", Duration.between(begun, Instant.now()).toSeconds());
    leaks.forEach(leak -> complaints.add("leaked: " + leak));
    var red = stage.stand().watcher().redness().red();
    if (!red.isEmpty()) {
      complaints.add("red: " + red);
    }
    if (stage.users().ledger().acknowledged() == 0 || lost > 0) {
      complaints.add("lost " + lost + " of " + stage.users().ledger().acknowledged());
    }
    if (!restored) {
      complaints.add("a cancelled drain did not give everything back");
    }
    if (drain.copiesLeft() > 0 || drain.falseProofs() > 0) {
      complaints.add("a proof of emptiness was false");
    }
    return new Outcome(line, complaints);
  }

  private static boolean atBaseline(Stage stage) throws IOException, InterruptedException {
    return Holds.differences(stage.stand().watcher().first(), stage.look()).stream()
        .allMatch(difference -> difference.endsWith(AWARENESS));
  }

  private static long copiesOn(Stage stage, String node) {
    return stage.stand().watcher().last().map(look -> look.copiesOn(node)).orElse(0L);
  }

  private static List<String> in(Stage stage, String zone) {
    return stage.stand().cluster().nodes().stream()
        .filter(node -> node.zone().equals(zone))
        .map(node -> node.name())
        .collect(Collectors.toList());
  }

  private static String firstOf(Stage stage, String zone) {
    return in(stage, zone).get(0);
  }

  private static void setRecoverySpeed(Stage stage, String value)
      throws IOException, InterruptedException {
    put(stage, "indices.recovery.max_bytes_per_sec", value);
  }

  private static void setAwareness(Stage stage, String value)
      throws IOException, InterruptedException {
    put(stage, AWARENESS, value);
  }

  /** An empty value removes the key. */
  private static void put(Stage stage, String key, String value)
      throws IOException, InterruptedException {
    var body = JsonNodeFactory.instance.objectNode();
    var scope = body.putObject("persistent");
    if (value.isEmpty()) {
      scope.putNull(key);
    } else {
      scope.put(key, value);
    }
    var answer = stage.stand().door().ask("PUT", "/_cluster/settings", body.toString());
    if (!answer.ok()) {
      throw new IOException("the scenario could not set " + key + ": " + answer.body());
    }
  }
}
