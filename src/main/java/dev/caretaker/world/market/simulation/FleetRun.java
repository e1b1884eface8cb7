package dev.caretaker.world.market.simulation;

import dev.caretaker.fleet.FleetDecider;
import dev.caretaker.fleet.FleetDecision;
import dev.caretaker.fleet.guard.FleetRules;
import dev.caretaker.fleet.model.DemandView;
import dev.caretaker.kernel.Observed;
import dev.caretaker.kernel.Verdict;
import dev.caretaker.pass.FleetPass;
import dev.caretaker.pass.ProgressStore;
import dev.caretaker.world.Trial;
import dev.caretaker.world.market.Market;
import dev.caretaker.world.market.SpotNodes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** One seed from its first second to its end: first trouble, then peace. */
public final class FleetRun {
  private static final Duration TICK = Duration.ofSeconds(5);

  /** In peace everything must have come to its end by then. */
  private static final Duration SETTLES_WITHIN = Duration.ofHours(12);

  /** Longer than a surplus stands, and than a failed pool cools. */
  private static final Duration QUIET = Duration.ofMinutes(45);

  private final Market market;
  private final FleetScenario scenario;
  private final FleetWishes wishes;
  private final Fate fate;
  private final SpotNodes nodes;
  private final Complaints complaints;
  private final Auditor auditor;
  private final FaultyMarket port;
  private final FleetMemory memory;
  private final FleetTroubles troubles;
  private final FleetDecider decider;
  private FleetPass pass;
  private Instant nextPass;
  private Instant restless;
  private Optional<FleetDecision> last = Optional.empty();
  private String lastVerdict = "";

  public FleetRun(long seed, FleetRules rules) {
    this.scenario = new FleetScenario(seed);
    this.market = scenario.market;
    this.wishes = scenario.wishes;
    this.fate = scenario.fate;
    this.decider = new FleetDecider(rules);
    this.nodes = new SpotNodes(market, () -> fate.between(30, 900), scenario.leastMachines);
    this.complaints = new Complaints(market);
    this.auditor = new Auditor(seed, market, nodes, wishes::policy, complaints);
    this.memory = new FleetMemory(fate, auditor);
    this.port = new FaultyMarket(market, fate, auditor, memory::saved);
    this.troubles = new FleetTroubles(market, wishes, fate, auditor, complaints);
    this.pass = newPass();
    this.nextPass = market.instant();
    this.restless = market.instant();
  }

  private FleetPass newPass() {
    return new FleetPass(decider, port, nodes, this::asked, market);
  }

  /** Pipelines that cannot be read ask for nothing. */
  private Observed<DemandView> asked() {
    return fate.strikes(fate.chances().blind())
        ? Observed.unknown("EtlPipeline coverage cannot be read")
        : complaints.read();
  }

  /** Runs to the end, or to the first harm. */
  public Trial run() {
    var peace = market.instant().plus(scenario.troubledFor);
    auditor.log(wishes.policy().toString());
    while (market.instant().isBefore(peace) && auditor.violations().isEmpty()) {
      troubles.tick();
      tick();
    }
    auditor.log("--- peace");
    fate.calm();
    troubles.end();
    restless = market.instant();
    boolean settled = auditor.violations().isEmpty() && settles();
    var counts = new TreeMap<String, Long>();
    counts.put("doubleBuys", count("DoubleBuy"));
    counts.put("orphans", count("Orphan"));
    counts.put("overBudgetPasses", count("OverBudget"));
    return new Trial(auditor.violations(), settled, auditor.timeline(), counts);
  }

  private long count(String invariant) {
    return auditor.violations().stream()
        .filter(each -> each.contains(" " + invariant + ":"))
        .count();
  }

  private void tick() {
    port.tick();
    if (wishes.policy().stateful()) {
      nodes.advance(memory.saved().releases().values());
    }
    if (!market.instant().isBefore(nextPass) && !isGone()) {
      look();
    }
    market.advance(market.instant().plus(TICK));
  }

  private boolean isGone() {
    return wishes.deleting && last.filter(FleetDecision::ended).isPresent();
  }

  private void look() {
    var policy = wishes.policy();
    if (fate.strikes(fate.chances().forgetful())) {
      auditor.log("the status is lost");
      memory.lose();
      auditor.statusIsLost();
    }
    fate.wasDisturbed();
    try {
      var outcome = pass.run(policy, memory.saved(), memory);
      note(outcome);
      nextPass = market.instant().plus(outcome.decision().verdict().lookAgainIn());
      if (!fate.wasDisturbed()) {
        auditor.passed(outcome.decision());
      }
    } catch (OperatorDied died) {
      auditor.log("the operator dies");
      restart();
    } catch (ProgressStore.StaleWriter stale) {
      auditor.log("the operator is deposed");
      restart();
    }
  }

  private void restart() {
    pass = newPass();
    port.restarted();
    auditor.operatorForgets();
    nextPass = market.instant().plusSeconds(fate.between(2, 60));
  }

  private void note(FleetPass.Outcome outcome) {
    var decision = outcome.decision();
    var verdict = decision.verdict();
    var line = verdict.kind() + " " + verdict.reason().code() + ": " + verdict.reason().sentence();
    if (!line.equals(lastVerdict) || !decision.actions().isEmpty()) {
      auditor.log(line);
      decision.actions().forEach(action -> auditor.log("  asks " + action));
      lastVerdict = line;
      restless = market.instant();
    }
    last = Optional.of(decision);
  }

  /** In peace: until nothing is left to do, or nothing can be done. */
  private boolean settles() {
    var end = market.instant().plus(SETTLES_WITHIN);
    while (market.instant().isBefore(end) && auditor.violations().isEmpty()) {
      tick();
      boolean quiet = restless.plus(QUIET).isBefore(market.instant());
      var kind = last.map(each -> each.verdict().kind()).orElse(Verdict.Kind.WAITING);
      boolean rests = List.of(Verdict.Kind.SETTLED, Verdict.Kind.BLOCKED).contains(kind);
      if (port.isIdle() && (isGone() || (quiet && rests))) {
        last.ifPresent(auditor::atTheEnd);
        return true;
      }
    }
    return false;
  }
}
