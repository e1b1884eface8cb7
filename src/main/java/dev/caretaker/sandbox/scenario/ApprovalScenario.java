package dev.caretaker.sandbox.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caretaker.sandbox.recorder.Side;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * A rollout that a person has to approve: nothing is approved, then something that is no plan, then
 * the plan of another wish, then one from before a new index; the right one before a window opens,
 * which closes in the middle; then a risk is accepted, and it asks again.
 */
public final class ApprovalScenario implements Scenario {
  private static final Duration TO_PLAN = Duration.ofMinutes(3);
  private static final Duration LEFT_ALONE = Duration.ofSeconds(15);
  private static final Duration PER_NODE = Duration.ofMinutes(4);
  private static final String NO_PLAN = "000000000000";

  /** A plan that changes so often while one person looks at it is not fit for approval. */
  private static final int MOST_APPROVALS = 12;

  private static final String ACCEPT =
      "\"accept\":[{\"structural\":\"SingleNodeZone\",\"reason\":\"a person is at the desk\","
          + "\"until\":\"2099-01-01T00:00:00Z\"}]";

  private final Approvals approvals = new Approvals();
  private final List<String> complaints = new ArrayList<>();
  private long actedUnapproved;
  private long staleApprovalsUsed;
  private long outsideWindow;

  @Override
  public Outcome play(Stage stage) throws IOException, InterruptedException {
    putACopyOnEveryNode(stage);
    stage.users().startWork();
    var first = ask(stage);
    actedUnapproved += actsWhileLeftAlone(stage);
    approve(stage, NO_PLAN, "");
    actedUnapproved += actsWhileLeftAlone(stage);
    var second = askForAnotherWish(stage, first);
    staleApprovalsUsed += actsWhileLeftAlone(stage);
    var third = awaitPlanWithANewIndex(stage, second);
    approve(stage, second, "");
    staleApprovalsUsed += actsWhileLeftAlone(stage);
    var windows = approveBeforeTheWindow(stage, third);
    restBetweenWindows(stage, windows);
    changeTheCover(stage, windows);
    awaitTheEnd(stage);
    return measure(stage);
  }

  /** Nothing has to be moved, until there is another index. */
  private static void putACopyOnEveryNode(Stage stage) throws IOException, InterruptedException {
    stage.users().indices().copies(stage.nodes());
    if (!stage.await(TO_PLAN, () -> stage.look().allActive())) {
      throw new IOException("not every index came to have a copy on every node");
    }
  }

  /** Manual, and nothing approved; returns the plan that is shown. */
  private String ask(Stage stage) throws IOException, InterruptedException {
    declare(stage, wish(), "", "\"approval\":\"Manual\"");
    return awaitPlan(stage, "");
  }

  /** A later restartedAt, with the approval of the earlier plan still in the spec. */
  private String askForAnotherWish(Stage stage, String earlier)
      throws IOException, InterruptedException {
    declare(stage, wish(), earlier, "\"approval\":\"Manual\"");
    return awaitPlan(stage, earlier);
  }

  /** Of its two copies one is in each zone, and must be moved before a reliable node may go. */
  private String awaitPlanWithANewIndex(Stage stage, String without)
      throws IOException, InterruptedException {
    stage.users().rollOver();
    return awaitPlan(stage, without);
  }

  private TwoWindows approveBeforeTheWindow(Stage stage, String plan)
      throws IOException, InterruptedException {
    var windows = TwoWindows.after(Instant.now());
    int before = stage.stand().journal().effects().size();
    approve(stage, plan, windows.field());
    approveUntil(stage, windows.opens());
    outsideWindow +=
        Effects.since(stage, before).list().stream()
            .filter(effect -> effect.at().isBefore(windows.opens()))
            .filter(effect -> effect.isStop() || effect.side() == Side.ENGINE)
            .count();
    approveUntil(stage, windows.closes());
    if (stops(stage) == 0) {
      complaints.add("no node was stopped in the first window though its plan was approved");
    }
    return windows;
  }

  /** What has begun is finished, and then nothing is done, though nobody takes the approval. */
  private void restBetweenWindows(Stage stage, TwoWindows windows)
      throws IOException, InterruptedException {
    var left = left(windows.opensAgain()).minus(LEFT_ALONE).minusSeconds(2);
    if (!stage.await(left, () -> stage.settled() && reason(stage).equals("OutsideWindow"))) {
      complaints.add("it did not come to rest between the windows: " + reason(stage));
      return;
    }
    int bounced = stage.stand().watcher().downtime().bounced();
    stage.say().accept("rests between two windows; bounced so far: " + bounced);
    if (bounced == stage.nodes()) {
      complaints.add("nothing was left for the second window: it needs more --nodes here");
    }
    outsideWindow += actsWhileLeftAlone(stage);
  }

  /** It asks at once, and goes without an answer into the next window. */
  private void changeTheCover(Stage stage, TwoWindows windows)
      throws IOException, InterruptedException {
    var approved = approvals.approvedPlan();
    declare(stage, approvals.wish(), approved, ACCEPT);
    if (!stage.await(PER_NODE, () -> isAsked(stage) && stage.settled())) {
      complaints.add("nobody was asked again after a risk was accepted");
      return;
    }
    var asks = stage.stand().esClusters().condition(stage.name(), "Reconciling").path("message");
    stage.say().accept("asks: " + asks.asText());
    if (!asks.asText().contains("since " + approved) || !asks.asText().contains("SingleNodeZone")) {
      complaints.add("it does not say what has changed: " + asks.asText());
    }
    awaitTime(stage, windows.opensAgain());
    actedUnapproved += actsWhileLeftAlone(stage);
    outsideWindow +=
        stage.stand().journal().effects().stream()
            .filter(effect -> effect.isStop() && windows.shut(effect.at()))
            .count();
  }

  private void awaitTheEnd(Stage stage) throws IOException, InterruptedException {
    var patience = PER_NODE.multipliedBy(stage.nodes());
    if (!stage.await(patience, () -> goOn(stage) && isOver(stage))) {
      complaints.add("not over after " + patience.toSeconds() + " s");
    }
    // The event follows the status.
    if (!stage.await(LEFT_ALONE, () -> !done(stage).isEmpty())) {
      complaints.add("no event says what the rollout took");
    }
    stage.say().accept("event: " + done(stage));
  }

  private static List<String> done(Stage stage) {
    var events = stage.stand().client().v1().events().inNamespace(stage.stand().namespace());
    return events.list().getItems().stream()
        .filter(event -> "RolloutDone".equals(event.getReason()))
        .map(event -> event.getMessage())
        .toList();
  }

  private boolean isOver(Stage stage) throws IOException {
    return stage.stand().watcher().downtime().bounced() == stage.nodes()
        && rollout(stage).path("endedAt").isTextual()
        && stage.settled();
  }

  /** Approves what is shown, as a person does who is asked; false while one is asked. */
  private boolean goOn(Stage stage) throws IOException {
    var resource = resource(stage);
    var shown = approvals.sees(resource);
    if (!asked(resource)) {
      return true;
    }
    if (shown.isPresent() && !shown.get().equals(approvals.approvedPlan())) {
      if (approvals.plans() > MOST_APPROVALS) {
        throw new IOException("more than " + MOST_APPROVALS + " plans were shown");
      }
      approve(stage, shown.get(), "");
    }
    return false;
  }

  private boolean isAsked(Stage stage) throws IOException {
    var resource = resource(stage);
    var shown = approvals.sees(resource);
    return asked(resource)
        && shown.filter(hash -> !hash.equals(approvals.approvedPlan())).isPresent();
  }

  private static boolean asked(JsonNode resource) {
    return resource.at("/status/blockedBy").toString().contains("PlanIsApproved");
  }

  private String awaitPlan(Stage stage, String notThis) throws IOException, InterruptedException {
    if (!stage.await(TO_PLAN, () -> isAsked(stage) && !shown(stage).equals(notThis))) {
      throw new IOException(
          "no plan is shown, or still " + notThis + ": " + resource(stage).path("status"));
    }
    return shown(stage);
  }

  private String shown(Stage stage) throws IOException {
    return approvals.sees(resource(stage)).orElse("");
  }

  /** How much is done to the cluster while nothing may be begun. */
  private long actsWhileLeftAlone(Stage stage) throws InterruptedException {
    int before = stage.stand().journal().effects().size();
    Thread.sleep(LEFT_ALONE.toMillis());
    var done = Effects.since(stage, before);
    return done.onEngine() + done.stops();
  }

  private long stops(Stage stage) {
    return Effects.since(stage, 0).stops();
  }

  private void approve(Stage stage, String plan, String more) {
    declare(stage, approvals.wish(), plan, more);
  }

  private void declare(Stage stage, String wish, String plan, String more) {
    var since = Instant.now();
    stage.declare(
        "{\"rollout\":{\"restartedAt\":\"%s\",\"approvedPlan\":\"%s\"%s}}"
            .formatted(wish, plan, more.isEmpty() ? "" : "," + more));
    approvals.declared(since, wish, plan);
  }

  private static String wish() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static Duration left(Instant time) {
    return Duration.between(Instant.now(), time);
  }

  private static void awaitTime(Stage stage, Instant time)
      throws IOException, InterruptedException {
    stage.await(left(time).plusSeconds(1), () -> !Instant.now().isBefore(time));
  }

  /** A copy that the engine has moved since may make another plan of it. */
  private void approveUntil(Stage stage, Instant time) throws IOException, InterruptedException {
    stage.await(left(time), () -> goOn(stage) && !Instant.now().isBefore(time));
  }

  private static String reason(Stage stage) throws IOException {
    var ready = stage.stand().esClusters().condition(stage.name(), "Reconciling");
    return ready.path("reason").asText();
  }

  private static JsonNode resource(Stage stage) throws IOException {
    return stage.stand().esClusters().read(stage.name());
  }

  private static JsonNode rollout(Stage stage) throws IOException {
    return resource(stage).at("/status/lastRollout");
  }

  private Outcome measure(Stage stage) throws IOException, InterruptedException {
    var effects = stage.stand().journal().effects();
    var rollout = rollout(stage);
    long unapproved = actedUnapproved + approvals.unapproved(effects);
    long stale = staleApprovalsUsed + approvals.stale(effects);
    int lost = stage.users().countLost();
    var line =
        stage
            .line("approval")
            .put("plans", approvals.plans())
            .put("actedUnapproved", unapproved)
            .put("staleApprovalsUsed", stale)
            .put("outsideWindow", outsideWindow)
            .put("predictedSeconds", rollout.path("predictedSeconds").asLong())
            .put("realSeconds", rollout.path("tookSeconds").asLong())
            .put("lost", lost);
    bad(unapproved > 0, unapproved + " deeds that nobody had approved");
    bad(stale > 0, stale + " deeds on the approval of another wish or an earlier plan");
    bad(outsideWindow > 0, outsideWindow + " deeds while no window was open");
    bad(approvals.plans() < 4, "fewer than four plans were shown");
    bad(rollout.path("predictedSeconds").asLong() <= 0, "nothing was predicted: " + rollout);
    bad(rollout.path("tookSeconds").asLong() <= 0, "no real duration: " + rollout);
    bad(rollout.path("nodes").size() != stage.nodes(), "not every node was bounced: " + rollout);
    bad(lost > 0 || stage.users().ledger().acknowledged() == 0, "lost " + lost);
    stage.leaks().forEach(leak -> complaints.add("leaked: " + leak));
    return new Outcome(line, complaints);
  }

  private void bad(boolean holds, String what) {
    if (holds) {
      complaints.add(what);
    }
  }
}
