package dev.caretaker.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caretaker.sandbox.recorder.Effect;
import dev.caretaker.sandbox.stand.Stand;
import dev.caretaker.sandbox.watch.Copy;
import dev.caretaker.sandbox.watch.Look;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens, as it happens, for people: what the cluster looks like, what the operator decides
 * and refuses, and what it does.
 */
final class Timeline implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Timeline.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

  /** The others repeat what is told of Reconciling. */
  private static final Set<String> TOLD =
      Set.of("SpecValid", "Serving", "DataSafe", "Ready", "Stalled", "Drained", "Paused");

  private final Stand stand;
  private final Deeds deeds = new Deeds();
  private final Consumer<String> out;
  private final Thread thread = new Thread(this::follow, "timeline");
  private final Map<String, String> lastSaid = new HashMap<>();

  Timeline(Stand stand, Consumer<String> out) {
    this.stand = stand;
    this.out = out;
    thread.setDaemon(true);
    stand.journal().onEffect(this::did);
  }

  void start() {
    thread.start();
  }

  /** One line with the time in front. */
  void say(String who, String what) {
    var now = LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS);
    out.accept("%s  %-8s  %s".formatted(now, who, what));
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void did(Effect effect) {
    switch (effect.side()) {
      case HOST ->
          say("does", "asks %s to %s %s".formatted(asked(effect), verb(effect), effect.program()));
      case ENGINE -> say("does", deeds.describe(effect, names()));
      case KUBERNETES -> log.debug("{}", effect.line());
    }
  }

  private static String asked(Effect effect) {
    return effect.asksSupervisord() ? "supervisord" : "the keeper";
  }

  private static String verb(Effect effect) {
    return effect.isStop() ? "stop" : "start";
  }

  private Map<String, String> names() {
    return stand.watcher().last().map(Look::names).orElseGet(TreeMap::new);
  }

  private void follow() {
    while (!thread.isInterrupted() && !stand.ending()) {
      try {
        stand.watcher().last().ifPresent(look -> change("cluster", describe(look)));
        var status = stand.esClusters().read(stand.example().name()).path("status");
        change("refuses", joined(status.path("blockedBy")));
        status.path("conditions").forEach(this::condition);
        stand.spotFleets().all().forEach(this::fleet);
        Thread.sleep(BETWEEN_LOOKS.toMillis());
      } catch (IOException | KubernetesClientException | IllegalStateException e) {
        // The last is what a client says that was closed while it was asked: the sandbox ends.
        log.debug("the API server did not answer", e);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void fleet(JsonNode fleet) {
    var name = fleet.at("/metadata/name").asText();
    var decided = fleet.at("/status/decisions/0/because").asText();
    var before = lastSaid.put("fleet " + name, decided);
    if (!decided.equals(before) && !decided.isEmpty()) {
      say("fleet", name + ": " + decided);
    }
  }

  /** A condition is news when it turns, not when its sentence counts on. */
  private void condition(JsonNode condition) {
    var type = condition.path("type").asText();
    if (type.equals("Reconciling")) {
      boolean busy = condition.path("status").asText().equals("True");
      change("decides", busy ? condition.path("message").asText() : "");
    }
    if (!TOLD.contains(type)) {
      return;
    }
    var turn = type + "=" + condition.path("status").asText();
    var reason = condition.path("reason").asText();
    if (!(turn + reason).equals(lastSaid.put("condition " + type, turn + reason))) {
      say("sees", "%s (%s): %s".formatted(turn, reason, condition.path("message").asText()));
    }
  }

  private void change(String who, String what) {
    var before = lastSaid.put(who, what);
    if (!what.equals(before) && !(what.isEmpty() && before == null)) {
      say(who, what.isEmpty() ? "nothing any more" : what);
    }
  }

  private String describe(Look look) {
    long away = look.copies().stream().filter(copy -> !copy.active()).count();
    long moving = look.copies().stream().filter(Timeline::moves).count();
    var missing =
        stand.cluster().nodes().stream()
            .map(node -> node.name())
            .filter(name -> !look.members().contains(name))
            .toList();
    return "%d nodes%s, %d copies%s%s%s"
        .formatted(
            look.members().size(),
            missing.isEmpty() ? "" : " (without " + String.join(", ", missing) + ")",
            look.copies().size(),
            away == 0 ? ", all started" : ", " + away + " not started",
            moving == 0 ? "" : ", " + moving + " moving",
            look.frozen() ? ", frozen (" + look.enableInForce() + ")" : "");
  }

  private static boolean moves(Copy copy) {
    return copy.state().equals("RELOCATING");
  }

  private static String joined(JsonNode list) {
    var words = new StringBuilder();
    list.forEach(word -> words.append(words.length() == 0 ? "" : "; ").append(word.asText()));
    return words.toString();
  }
}
