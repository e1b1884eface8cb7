package dev.caretaker.sandbox.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caretaker.sandbox.recorder.Side;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * A rollout that a person has to approve: nothing is approved, then something that is no plan, then
 * the plan of another wish; the right one before a window opens; then a risk is accepted in the
 * middle of it, and it asks again.
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
    stage.users().startWork();
    var first = ask(stage);
    actedUnapproved += actsWhileLeftAlone(stage);
    approve(stage, NO_PLAN, "");
    actedUnapproved += actsWhileLeftAlone(stage);
    var second = askForAnotherWish(stage, first);
    staleApprovalsUsed += actsWhileLeftAlone(stage);
    approveBeforeTheWindow(stage, second);
    changeTheCover(stage);
    awaitTheEnd(stage);
    return measure(stage);
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

  private void approveBeforeTheWindow(Stage stage, String plan)
      throws IOException, InterruptedException {
    var opens = ZonedDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MINUTES).plusMinutes(2);
    int before = stage.stand().journal().effects().size();
    var window =
        "\"windows\":[{\"schedule\":\"%d %d %d %d *\",\"duration\":\"12h\",\"timeZone\":\"UTC\"}]"
            .formatted(
                opens.getMinute(), opens.getHour(), opens.getDayOfMonth(), opens.getMonthValue());
    approve(stage, plan, window);
    stage.await(TO_PLAN, () -> !Instant.now().isBefore(opens.toInstant()));
    outsideWindow +=
        Effects.since(stage, before).list().stream()
            .filter(effect -> effect.at().isBefore(opens.toInstant()))
            .filter(effect -> effect.isStop() || effect.side() == Side.ENGINE)
            .count();
    if (!stage.await(PER_NODE, () -> goOn(stage) && stops(stage) > 0)) {
      complaints.add("nothing began in the window though its plan was approved");
    }
  }

  /** While the first set is away; that one is finished, and then a person is asked again. */
  private void changeTheCover(Stage stage) throws IOException, InterruptedException {
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
    actedUnapproved += actsWhileLeftAlone(stage);
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
    if (!stage.await(TO_PLAN, () -> isAsked(stage))) {
      throw new IOException("no plan is shown: " + resource(stage).path("status"));
    }
    var hash = approvals.sees(resource(stage)).filter(each -> !each.equals(notThis));
    return hash.orElseThrow(() -> new IOException("another wish has the same plan " + notThis));
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
    bad(stale > 0, stale + " deeds on the approval of an earlier wish");
    bad(outsideWindow > 0, outsideWindow + " deeds before the window opened");
    bad(approvals.plans() < 3, "fewer than three plans were shown");
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
