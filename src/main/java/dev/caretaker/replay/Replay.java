package dev.caretaker.replay;

import dev.caretaker.fleet.FleetDecider;
import dev.caretaker.fleet.FleetProgress;
import dev.caretaker.fleet.guard.FleetRules;
import dev.caretaker.fleet.model.MachineType;
import dev.caretaker.fleet.model.Pool;
import dev.caretaker.fleet.model.Subnet;
import dev.caretaker.fleet.model.Zone;
import dev.caretaker.fleet.policy.FleetPolicy;
import dev.caretaker.kernel.Observed;
import dev.caretaker.kernel.Verdict;
import dev.caretaker.pass.FleetPass;
import dev.caretaker.pass.ProgressStore;
import dev.caretaker.world.market.Market;
import dev.caretaker.world.market.MarketPort;
import dev.caretaker.world.market.SpotMachine;
import dev.caretaker.world.market.SpotNodes;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Plays past prices to the fleet's own pass. It looks as often as the operator does; where nothing
 * moves it goes on to the next price or the next hour, and looks one pass later. For a while after
 * something was done it looks every few minutes: limits of time may still hold something up.
 */
public final class Replay {
  /** The longest that the operator takes to see a change. */
  private static final Duration PASS = Duration.ofMinutes(1);

  /** The longest limit of time that a fleet has: a machine is not exchanged before. */
  private static final Duration UNSETTLED = Duration.ofMinutes(31);

  private static final Duration BETWEEN = Duration.ofMinutes(5);

  private static final Duration DRAIN = Duration.ofMinutes(10);
  private static final double HOURS_A_MONTH = 730;

  /** Of interruptions that come together nearly all hit one pool. */
  private static final double HIT_TOGETHER = 0.8;

  private static final Market.Boots BOOTS =
      new Market.Boots() {
        @Override
        public long secondsToRun() {
          return 60;
        }

        @Override
        public long secondsToBeSeen() {
          return 5;
        }
      };

  private final FleetPolicy policy;
  private final Recorded recorded;
  private final Instant to;
  private final SplittableRandom random;
  private final Market market;
  private final SpotNodes nodes;
  private final FleetPass pass;
  private final Books books;
  private final Predecessor predecessor;
  private FleetProgress saved = FleetProgress.NONE;
  private Instant lastDeed;

  /** A replay of one fleet over some days; the seed decides which machines are interrupted. */
  public Replay(
      FleetPolicy policy, String region, Recorded recorded, Instant from, Instant to, long seed) {
    this.policy = policy;
    this.recorded = recorded;
    this.to = to;
    this.lastDeed = from;
    this.random = new SplittableRandom(seed);
    this.market = new Market(from, BOOTS);
    this.nodes = new SpotNodes(market, DRAIN::toSeconds, 0);
    this.pass =
        new FleetPass(
            new FleetDecider(FleetRules.standard()),
            new MarketPort(market),
            nodes,
            () -> Observed.unknown("a replay knows no pipelines"),
            market);
    var zones = fill(region, from);
    var utility = utilities();
    this.books = new Books(policy, market, recorded, utility, from, to);
    var first = zones.get(0);
    this.predecessor =
        new Predecessor(
            policy,
            utility,
            market.prices(),
            market.prices().pools().stream().filter(pool -> pool.zone().equals(first)).toList());
  }

  /** The market as it was, with as many zones as the spec has subnets. */
  private List<Zone> fill(String region, Instant from) {
    market.template(policy.template());
    recorded.types().values().forEach(market::type);
    var named = new TreeSet<String>();
    recorded.prices().forEach(price -> price.zone().ifPresent(named::add));
    var zones = new ArrayList<Zone>();
    int index = 0;
    for (var subnet : new TreeSet<>(policy.subnets())) {
      var letter = region + (char) ('a' + index++);
      var name = named.isEmpty() ? Optional.of(letter) : Optional.ofNullable(named.pollFirst());
      name.map(Zone::new)
          .ifPresent(
              zone -> {
                zones.add(zone);
                market.subnet(new Subnet(subnet, zone, Integer.MAX_VALUE));
              });
    }
    var since = from.minus(policy.prices().history()).minus(Duration.ofDays(1));
    for (var price : recorded.prices()) {
      if (!price.at().isBefore(since) && price.at().isBefore(to)) {
        zones.stream()
            .filter(zone -> price.zone().filter(name -> !name.equals(zone.value())).isEmpty())
            .forEach(
                zone -> market.prices().set(new Pool(price.type(), zone), price.at(), price.usd()));
      }
    }
    return zones;
  }

  private Map<MachineType, Double> utilities() {
    var utilities = new HashMap<MachineType, Double>();
    recorded
        .types()
        .values()
        .forEach(
            type ->
                utilities.put(
                    type.type(), policy.worth().toBuy(type.type(), Optional.of(type)).amount()));
    return utilities;
  }

  /** Plays to the end. */
  public Report run() {
    var nextRun = market.instant();
    while (market.instant().isBefore(to)) {
      var now = market.instant();
      while (!nextRun.isAfter(now)) {
        predecessor.run(nextRun);
        nextRun = nextRun.plus(Predecessor.RUNS_EVERY);
      }
      if (policy.stateful()) {
        nodes.advance(saved.releases().values());
      }
      look();
    }
    return books.close(predecessor.result());
  }

  private void look() {
    var now = market.instant();
    FleetPass.Outcome outcome;
    try {
      outcome = pass.run(policy, saved, progress -> saved = progress);
    } catch (ProgressStore.StaleWriter impossible) {
      throw new IllegalStateException("nobody else writes in a replay", impossible);
    }
    var decision = outcome.decision();
    boolean settled =
        decision.verdict().kind() == Verdict.Kind.SETTLED && decision.actions().isEmpty();
    lastDeed = settled ? lastDeed : now;
    boolean rests = settled && lastDeed.plus(UNSETTLED).isBefore(now);
    var next = now.plus(settled ? BETWEEN : decision.verdict().lookAgainIn());
    var hour = now.truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS);
    var change = market.prices().nextChange(now).orElse(to);
    var event = change.isBefore(hour) ? change : hour;
    if (rests || event.isBefore(next)) {
      // What changes now is seen by the next look, not by this one.
      step(event, false);
      next = rests ? event.plus(PASS) : next;
      step(next, true);
    } else {
      step(next, false);
    }
  }

  /** Time goes on; the books are kept with what stood at its beginning. */
  private void step(Instant wanted, boolean unseen) {
    var now = market.instant();
    var end = wanted.isAfter(to) ? to : wanted;
    if (!end.isAfter(now)) {
      return;
    }
    books.keep(end, unseen, !saved.releases().isEmpty());
    market.advance(end);
    if (!now.truncatedTo(ChronoUnit.HOURS).equals(end.truncatedTo(ChronoUnit.HOURS))) {
      interrupt();
    }
  }

  /** Spot Advisor's rates, an hour at a time, a pool at a time. */
  private void interrupt() {
    var byPool = new TreeMap<Pool, List<SpotMachine>>();
    for (var machine : market.machines()) {
      if (machine.isAlive()) {
        byPool.computeIfAbsent(machine.pool(), pool -> new ArrayList<>()).add(machine);
      }
    }
    byPool.forEach(
        (pool, machines) -> {
          double monthly =
              recorded.interruptionsPerMonth().getOrDefault(pool.type(), 0.0) / HIT_TOGETHER;
          if (random.nextDouble() < monthly / HOURS_A_MONTH) {
            machines.stream()
                .filter(machine -> random.nextDouble() < HIT_TOGETHER)
                .forEach(machine -> market.interrupt(machine, true));
          }
        });
  }
}
