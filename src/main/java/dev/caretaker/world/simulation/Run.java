package dev.caretaker.world.simulation;

import dev.caretaker.elastic.EsDecider;
import dev.caretaker.elastic.guard.Guards;
import dev.caretaker.elastic.model.SpotMachine;
import dev.caretaker.kernel.Verdict;
import dev.caretaker.pass.EsPass;
import dev.caretaker.pass.ProgressStore;
import dev.caretaker.world.Harm;
import dev.caretaker.world.Harms;
import dev.caretaker.world.Remains;
import dev.caretaker.world.Trial;
import dev.caretaker.world.World;
import dev.caretaker.world.WorldClock;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** One seed from its first second to its end: first trouble, then peace. */
final class Run {
  /** In peace everything must have come to its end by then. */
  private static final long SETTLES_WITHIN = 6 * 3600;

  /** Nothing new for so long, with something in the way by structure, is an end too. */
  private static final long BLOCKED_FOR = 900;

  /** Settled means settled for as long as two looks at rest. */
  private static final long QUIET_FOR = 70;

  /** What has just joined recovers its shards within these seconds. */
  private static final long CALM_FOR = 10;

  private final long seed;
  private final EsDecider decider;
  private final World world;
  private final Scenario scenario;
  private final Wishes wishes;
  private final Effects effects;
  private final Optional<Fleet> fleet;
  private final Witness witness;
  private final FaultyEngine engine;
  private final FaultyHosts hosts;
  private final Memory memory;
  private final Approver approver;
  private final Troubles troubles;
  private final Harms harms;
  private final List<Violation> violations = new ArrayList<>();
  private final Set<Harm> blamed = new HashSet<>();
  private final Clock clock;
  private EsPass pass;
  private long nextPass;
  private List<SpotMachine> lastListed = List.of();
  private long lastVersion = -1;
  private long changedAt;
  private String lastVerdict = "";
  private long restless;
  private Verdict.Kind kind = Verdict.Kind.WAITING;

  Run(long seed, Guards guards) {
    this.seed = seed;
    this.decider = new EsDecider(guards);
    this.scenario = new ScenarioMaker(seed).make();
    this.world = scenario.world();
    this.wishes = new Wishes(scenario.policy());
    this.effects = new Effects(scenario.random(), scenario.mix());
    this.approver = new Approver(seed, world, wishes, decider);
    this.fleet = scenario.fleet();
    this.witness = new Witness(world, wishes, approver, fleet);
    this.engine = new FaultyEngine(world, effects, witness);
    this.hosts = new FaultyHosts(world, effects, witness);
    this.memory = new Memory(effects, witness::saves);
    this.troubles = new Troubles(world, wishes, effects);
    this.harms = new Harms(world);
    this.clock = new WorldClock(world);
    this.pass = new EsPass(decider, engine, hosts, clock);
    this.nextPass = world.now();
    this.restless = world.now();
  }

  /** Runs to the end, or to the first harm where that is enough. */
  Trial run() {
    long troubled = world.now() + scenario.troubledFor();
    while (world.now() < troubled && violations.isEmpty()) {
      if (troubles.tick()) {
        nextPass = world.now();
      }
      second();
    }
    world.log("--- peace");
    effects.calm();
    fleet.ifPresent(Fleet::calm);
    troubles.end();
    approver.calm();
    restless = world.now();
    boolean settled = violations.isEmpty() && settles();
    return new Trial(
        violations.stream().map(Violation::toString).toList(),
        settled,
        world.timeline(),
        new TreeMap<>());
  }

  private void second() {
    engine.tick();
    fleet.ifPresent(this::tick);
    if (approver.tick()) {
      nextPass = world.now();
    }
    if (world.now() >= nextPass) {
      look();
    }
    world.advance(1);
    if (world.version() != lastVersion) {
      lastVersion = world.version();
      changedAt = world.now();
      blame(harms.now(wishes.policy()));
    }
  }

  /** A cluster is looked at when the list of its machines changes. */
  private void tick(Fleet machines) {
    machines.tick(memory.saved().released());
    var listed = machines.machines();
    if (!listed.equals(lastListed)) {
      lastListed = listed;
      nextPass = world.now();
    }
  }

  private void look() {
    if (effects.happens(effects.mix().forgetful())) {
      world.log("the status is lost");
      memory.lose();
      witness.forgets();
      engine.forget();
    }
    try {
      var policy = wishes.policy();
      var before = memory.saved();
      var machines = fleet.map(Fleet::machines).orElse(List.of());
      var outcome =
          pass.run(approver.offering(policy), before, wishes.otherOwners(), machines, memory);
      approver.plans(policy, before, outcome);
      var verdict = outcome.decision().verdict();
      kind = verdict.kind();
      note(verdict, outcome);
      nextPass = world.now() + Math.max(1, verdict.lookAgainIn().toSeconds());
    } catch (Crash crash) {
      world.log("the operator crashes");
      restart();
    } catch (ProgressStore.StaleWriter stale) {
      world.log("the operator is deposed");
      restart();
    }
    blame(witness.take());
  }

  private void restart() {
    pass = new EsPass(decider, engine, hosts, clock);
    engine.forget();
    approver.forget();
    nextPass = world.now() + effects.between(2, 15);
  }

  private void note(Verdict verdict, EsPass.Outcome outcome) {
    var line = verdict.kind() + " " + verdict.reason().code() + ": " + verdict.reason().sentence();
    var actions = outcome.decision().actions();
    if (!line.equals(lastVerdict) || !actions.isEmpty()) {
      lastVerdict = line;
      restless = world.now();
      world.log(line);
      actions.forEach(action -> world.log("  asks " + action));
      outcome.refusedNow().forEach(refusal -> world.log("  failed: " + refusal.sentence()));
    }
  }

  private void blame(List<Harm> found) {
    for (var harm : found) {
      if (blamed.add(harm)) {
        var violation = new Violation(seed, world.now(), harm);
        world.log("VIOLATION " + harm.invariant() + ": " + harm.explanation());
        violations.add(violation);
      }
    }
  }

  /** In peace: until nothing is left to do, or nothing can be done. */
  private boolean settles() {
    long end = world.now() + SETTLES_WITHIN;
    var remains = new Remains(world);
    while (world.now() < end && violations.isEmpty()) {
      second();
      if (world.now() % 60 == 0) {
        world.people().deleteLostIndices();
      }
      long quiet = world.now() - restless;
      if (kind == Verdict.Kind.SETTLED && quiet > QUIET_FOR && atRest()) {
        blame(remains.atTheEnd(wishes.policy()));
        wishes
            .policy()
            .rollout()
            .restartedAt()
            .ifPresent(at -> blame(remains.notBounced(wishes.policy(), at)));
        return true;
      }
      if (kind == Verdict.Kind.BLOCKED && quiet > BLOCKED_FOR && mayBeBlocked()) {
        blame(remains.stopped());
        return true;
      }
    }
    world.people().describe().forEach(world::log);
    return false;
  }

  private boolean atRest() {
    return engine.idle() && world.now() > changedAt + CALM_FOR && !world.people().someoneStarts();
  }

  private boolean mayBeBlocked() {
    return !scenario.feasible()
        || fleet.filter(each -> each.isPoorer() || each.waitsForAnswers()).isPresent()
        || !wishes.policy().allocation().excludeNodes().isEmpty();
  }
}
