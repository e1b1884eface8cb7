package dev.caretaker.world.pipeline.simulation;

import dev.caretaker.kernel.Verdict;
import dev.caretaker.pass.PipelinePass;
import dev.caretaker.pass.ProgressStore;
import dev.caretaker.pipeline.PipelineDecider;
import dev.caretaker.pipeline.PipelineDecision;
import dev.caretaker.pipeline.action.PipelineAction;
import dev.caretaker.pipeline.guard.PipelineRules;
import dev.caretaker.world.Trial;
import dev.caretaker.world.pipeline.Platform;
import dev.caretaker.world.pipeline.SimQueue;
import dev.caretaker.world.pipeline.WorkMachine;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;

/** One seed from its first second to its end: first trouble, then peace. */
public final class PipelineRun {
  private static final Duration TICK = Duration.ofSeconds(30);

  /** In peace everything must have come to its end by then. */
  private static final Duration SETTLES_WITHIN = Duration.ofHours(8);

  private static final Duration QUIET = Duration.ofMinutes(10);
  private static final int TICKS_BETWEEN_AUDITS = 60;

  private final PipelineScenario scenario;
  private final Wishes wishes;
  private final Dice dice;
  private final Platform platform;
  private final Journal journal;
  private final Ledger ledger;
  private final Memory memory;
  private final Deeds deeds;
  private final Promises promises;
  private final Steadiness steadiness;
  private final Network network;
  private final Producer producer;
  private final Troubles troubles;
  private final Whims whims;
  private final PipelineDecider decider;
  private PipelinePass pass;
  private Instant nextPass;
  private Instant restless;
  private Instant wishesSeen = Instant.MIN;
  private Optional<PipelineDecision> last = Optional.empty();
  private String lastVerdict = "";
  private int ticks;

  /** A run of this seed under these rules. */
  public PipelineRun(long seed, PipelineRules rules) {
    this.scenario = new PipelineScenario(seed);
    this.wishes = scenario.wishes;
    this.dice = new Dice(scenario.chances(), scenario.odds);
    var clock = new Platform[1];
    this.journal = new Journal(seed, () -> clock[0] == null ? scenario.start : clock[0].instant());
    this.ledger = new Ledger(journal);
    this.platform = scenario.platform(dice, ledger);
    clock[0] = platform;
    this.memory = new Memory(dice);
    this.deeds = new Deeds(platform, wishes, journal, memory);
    this.promises = new Promises(platform, wishes, journal, ledger, scenario);
    this.steadiness = new Steadiness(wishes, journal);
    this.network = new Network(platform, dice, journal, deeds);
    this.producer = new Producer(platform, dice, scenario.perHour);
    this.troubles = new Troubles(platform, wishes, dice, journal, ledger, promises, producer);
    this.whims = new Whims(platform, scenario, dice, journal, producer);
    this.decider = new PipelineDecider(rules);
    this.pass = newPass();
    this.nextPass = platform.instant();
    this.restless = platform.instant();
  }

  private PipelinePass newPass() {
    return new PipelinePass(decider, new FaultyPorts(platform, network).ports(), platform);
  }

  /** Runs to the end, or to the first harm. */
  public Trial run() {
    var peace = platform.instant().plus(scenario.troubledFor);
    journal.log(wishes.policy().toString());
    while (platform.instant().isBefore(peace) && journal.violations().isEmpty()) {
      troubles.tick();
      whims.tick();
      tick();
    }
    journal.log("--- peace");
    dice.calm();
    troubles.end();
    whims.end();
    restless = platform.instant();
    boolean settled = journal.violations().isEmpty() && settles();
    ledger.audit(platform);
    var counts = new TreeMap<String, Long>();
    counts.put("retentionMisses", journal.count("RetentionMiss"));
    counts.put("unstableDemand", journal.count("UnstableDemand"));
    return new Trial(journal.violations(), settled, journal.timeline(), counts);
  }

  private void tick() {
    network.tick();
    deeds.watch();
    producer.tick(TICK);
    if (!platform.instant().isBefore(nextPass) && !hasEnded()) {
      look();
    }
    platform.advance(TICK);
    promises.tick(TICK);
    ticks++;
    if (ticks % TICKS_BETWEEN_AUDITS == 0) {
      ledger.audit(platform);
    }
  }

  private boolean hasEnded() {
    return last.filter(PipelineDecision::ended).isPresent();
  }

  private void look() {
    if (dice.happens(dice.odds().forgetful())) {
      journal.log("the status is lost");
      memory.lose();
      deeds.forget();
      steadiness.interrupted();
    }
    if (!wishes.changedAt().equals(wishesSeen)) {
      wishesSeen = wishes.changedAt();
      steadiness.interrupted();
    }
    try {
      var outcome = pass.run(wishes.policy(), memory.saved(), wishes.others, memory);
      note(outcome.decision());
      nextPass = platform.instant().plus(outcome.decision().verdict().lookAgainIn());
    } catch (OperatorDied died) {
      journal.log("the operator dies");
      restart();
    } catch (ProgressStore.StaleWriter stale) {
      journal.log("the operator is deposed");
      restart();
    }
  }

  private void restart() {
    pass = newPass();
    nextPass = platform.instant().plusSeconds(dice.between(2, 90));
  }

  private void note(PipelineDecision decision) {
    var verdict = decision.verdict();
    var demand = decision.summary().demand().map(each -> each.utility().toString()).orElse("");
    var line =
        verdict.kind()
            + " "
            + verdict.reason().code()
            + ": "
            + verdict.reason().sentence()
            + " | stage "
            + decision.summary().stage()
            + ", demand "
            + demand;
    if (!line.equals(lastVerdict) || !decision.actions().isEmpty()) {
      journal.log(line);
      decision.actions().forEach(action -> journal.log("  asks " + action));
      lastVerdict = line;
    }
    if (verdict.kind() != Verdict.Kind.SETTLED && !isRoutine(decision)) {
      restless = platform.instant();
    }
    last = Optional.of(decision);
    promises.told(decision);
    steadiness.told(
        decision, platform.instant(), !wishes.running || platform.engine().holding.isPresent());
    decision.summary().demand().ifPresent(each -> platform.supply().ask(each.utility()));
    deeds.replaces(decision.summary().replace());
    platform.supply().replace(decision.summary().replace());
  }

  /** Tables roll over for ever. */
  private static boolean isRoutine(PipelineDecision decision) {
    return !decision.actions().isEmpty()
        && decision.actions().stream().allMatch(PipelineAction.OnTable.class::isInstance);
  }

  /** In peace: until nothing is left to do. */
  private boolean settles() {
    var end = platform.instant().plus(SETTLES_WITHIN);
    while (platform.instant().isBefore(end) && journal.violations().isEmpty()) {
      troubles.snapshots();
      troubles.sweep();
      tick();
      boolean rests = restless.plus(QUIET).isBefore(platform.instant());
      if (network.isIdle() && (hasEnded() || (rests && isAsAsked()))) {
        return true;
      }
    }
    return journal.violations().isEmpty() && wishes.deleting && !producer.isStopped();
  }

  /** By what is true, not by what the operator says. */
  private boolean isAsAsked() {
    var machines = platform.supply().machines().stream().filter(WorkMachine::isAssigned).toList();
    boolean work =
        machines.stream()
            .filter(each -> each.isAtWork(platform.instant()))
            .allMatch(each -> each.runs() && each.started().equals(wishes.codeWanted()));
    boolean written =
        wishes.tables.stream()
            .allMatch(each -> platform.engine().written(each.alias()).isPresent());
    var oldest =
        platform
            .queue(Wishes.QUEUE)
            .map((SimQueue queue) -> queue.oldest(platform.instant()))
            .orElse(Duration.ofDays(1));
    return work && written && oldest.compareTo(wishes.margin.plus(wishes.drainWithin)) < 0;
  }
}
