package dev.caretaker.sandbox.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caretaker.sandbox.load.Users;
import dev.caretaker.sandbox.stand.Stand;
import dev.caretaker.sandbox.watch.Holds;
import dev.caretaker.sandbox.watch.Look;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * What every scenario plays on: the running sandbox, its users, and the measures they all share.
 *
 * @param say takes lines for people to read
 */
public record Stage(Stand stand, Users users, Consumer<String> say) {

  private static final Duration LOOK = Duration.ofSeconds(60);

  /** Something that may be true by now. */
  @FunctionalInterface
  public interface Question {
    boolean holds() throws IOException, InterruptedException;
  }

  /** Waits until something holds; false when it did not in time. */
  boolean await(Duration patience, Question question) throws IOException, InterruptedException {
    var end = Instant.now().plus(patience);
    while (!question.holds()) {
      if (Instant.now().isAfter(end)) {
        return false;
      }
      Thread.sleep(200);
    }
    return true;
  }

  String name() {
    return stand.example().name();
  }

  int nodes() {
    return stand.cluster().nodes().size();
  }

  /** A new look, after everything that happened before the call. */
  Look look() throws IOException, InterruptedException {
    return stand.watcher().fresh(LOOK);
  }

  /** Changes the EsCluster's spec, as a person does. */
  void declare(String spec) {
    say.accept("spec: " + spec);
    stand.esClusters().patch(name(), "{\"spec\":" + spec + "}");
  }

  /** Asks for a restart of what runs now; returns the moment that was written. */
  Instant askForRestart() {
    return askForRestart("\"select\":null");
  }

  /** Asks for a restart of a choice of nodes, given as another field of the rollout. */
  Instant askForRestart(String choice) {
    // Processes start at fractions of a second, and the value is compared with their starts.
    var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    declare("{\"rollout\":{\"restartedAt\":\"" + now + "\"," + choice + "}}");
    return now;
  }

  /** Whether everything runs, every copy serves, and nothing of Caretaker's stands. */
  boolean settled() {
    var look = stand.watcher().last();
    return look.isPresent()
        && look.get().members().size() == nodes()
        && look.get().allActive()
        && stand.watcher().downtime().stoppedNow().isEmpty()
        && Holds.differences(stand.watcher().first(), look.get()).isEmpty();
  }

  /** Everything that differs from what was declared, cluster settings and index settings. */
  List<String> leaks() throws IOException, InterruptedException {
    var leaks = new TreeSet<>(Holds.differences(stand.watcher().first(), look()));
    var settings = stand.door().get("/_all/_settings?flat_settings=true").body();
    users
        .indices()
        .replicas()
        .forEach((index, replicas) -> addLeaks(index, replicas, settings.path(index), leaks));
    return List.copyOf(leaks);
  }

  private static void addLeaks(
      String index, int replicas, JsonNode settings, TreeSet<String> leaks) {
    for (var setting : settings.path("settings").properties()) {
      var key = setting.getKey();
      boolean count = key.equals("index.number_of_replicas");
      if (count && setting.getValue().asInt() != replicas) {
        leaks.add(index + " " + key + "=" + setting.getValue().asText());
      }
      // The tier preference is the engine's own.
      if (key.startsWith("index.routing.") && !key.endsWith("_tier_preference")) {
        leaks.add(index + " " + key);
      }
    }
  }

  /** The first two fields of every scenario's line. */
  ObjectNode line(String scenario) {
    return JsonNodeFactory.instance.objectNode().put("scenario", scenario);
  }

  /** What to print where something is bad: what the operator thought last. */
  public List<String> lastWords() throws IOException {
    var words = new ArrayList<String>();
    words.add("status: " + stand.esClusters().read(name()).path("status"));
    for (var fleet : stand.spotFleets().all()) {
      words.add(fleet.at("/metadata/name").asText() + ": " + fleet.path("status"));
    }
    words.addAll(stand.operator().lastLines(25));
    return words;
  }
}
