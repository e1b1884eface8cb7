package dev.caretaker.sandbox.scenario;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caretaker.sandbox.audit.DoubleBuys;
import dev.caretaker.sandbox.audit.OverBudget;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What the storm comes to, measured at the market, the queue, the processes and the engine. */
record StormVerdict(
    Stage stage, StormFleets fleets, StormNotices notices, List<String> complaints) {
  /** Two minutes are left after a notice; who needs more than so much of them saves little. */
  private static final Duration IN_TIME = Duration.ofSeconds(20);

  private static final List<String> MUST_BE_ZERO =
      List.of(
          "lost",
          "terminatedUnreleased",
          "doubleBuys",
          "orphans",
          "minutesOverBudget",
          "stolenMessages",
          "leakedSettings");

  /** When the operator has ended. */
  Outcome judge(Instant begun) throws IOException, InterruptedException {
    int lost = stage.users().countLost();
    var unreleased = fleets.nodes().watch().unreleased();
    var orphans = fleets.orphans();
    var stolen = notices.stolen();
    var leaks = stage.leaks();
    var line =
        stage
            .line("spot-storm")
            .put("lost", lost)
            .put("terminatedUnreleased", unreleased.size())
            .put("doubleBuys", doubleBuys())
            .put("orphans", orphans.size())
            .put("minutesOverBudget", minutes(OverBudget.Cause.NOBODY))
            .put("minutesOverBudgetBySafety", minutes(OverBudget.Cause.SAFETY))
            .put("minutesOverBudgetByFloor", minutes(OverBudget.Cause.FLOOR))
            .put("stolenMessages", stolen.size())
            .put("noticeToActionP99Ms", notices.slowest().map(Duration::toMillis).orElse(-1L))
            .put("leakedSettings", leaks.size())
            .put("seconds", Duration.between(begun, Instant.now()).toSeconds());
    complaints.addAll(unreleased);
    orphans.forEach(id -> complaints.add("orphan: " + id));
    stolen.forEach(id -> complaints.add("deleted, though another team's: the notice of " + id));
    leaks.forEach(leak -> complaints.add("leaked: " + leak));
    complaints.addAll(of(line));
    if (fleets.nodes().watch().givenBack().isEmpty()) {
      complaints.add("no node was given back, so that nothing is known of its release");
    }
    if (stage.users().ledger().acknowledged() == 0) {
      complaints.add("no document was acknowledged");
    }
    return new Outcome(line, complaints);
  }

  private int doubleBuys() {
    int beyond = fleets.all().stream().mapToInt(each -> each.watch().beyondDemand()).sum();
    return DoubleBuys.count(stage.stand().cloud().market().book().sales()) + beyond;
  }

  /** To a hundredth, and never down to none. */
  private BigDecimal minutes(OverBudget.Cause cause) {
    var all =
        fleets.all().stream()
            .map(each -> each.watch().overBudget(cause))
            .reduce(Duration.ZERO, Duration::plus);
    return BigDecimal.valueOf(all.toMillis())
        .divide(BigDecimal.valueOf(60_000), all.isZero() ? 0 : 2, RoundingMode.UP);
  }

  /** What is wrong with a line. */
  static List<String> of(ObjectNode line) {
    var wrong = new ArrayList<String>();
    for (var field : MUST_BE_ZERO) {
      if (!line.path(field).isNumber() || line.path(field).asDouble() != 0) {
        wrong.add(field + " is " + line.path(field) + ", not 0");
      }
    }
    long reaction = line.path("noticeToActionP99Ms").asLong(-1);
    if (reaction < 0) {
      wrong.add("nothing was done in the cluster about a notice");
    } else if (reaction > IN_TIME.toMillis()) {
      wrong.add("a notice was acted on after " + reaction + " ms");
    }
    return wrong;
  }
}
