package dev.caretaker.replay;

import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.fleet.model.MachineType;
import dev.caretaker.fleet.model.Pool;
import dev.caretaker.fleet.policy.FleetPolicy;
import dev.caretaker.world.market.Market;
import dev.caretaker.world.market.SpotMachine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is spent, had and lost while a replay runs. */
final class Books {
  private static final int MOST_SAMPLES = 1500;

  private final FleetPolicy policy;
  private final Market market;
  private final Recorded recorded;
  private final Map<MachineType, Double> utility;
  private final Bound bound;
  private final Duration sampleEvery;
  private final Map<MachineType, Double> utilityHoursOf = new HashMap<>();
  private final Set<InstanceId> started = new HashSet<>();
  private final Set<InstanceId> interrupted = new HashSet<>();
  private final List<Report.Sample> samples = new ArrayList<>();
  private double hours;
  private double usd;
  private double onDemandUsd;
  private double minutesOver;
  private double minutesOverBySafety;
  private double utilityHours;
  private double boundHours;
  private double most;
  private Instant nextSample;
  private final Instant from;
  private final SortedMap<Pool, Double> prices = new TreeMap<>();
  private Instant pricesOf = Instant.MIN;

  Books(
      FleetPolicy policy,
      Market market,
      Recorded recorded,
      Map<MachineType, Double> utility,
      Instant from,
      Instant to) {
    this.policy = policy;
    this.market = market;
    this.recorded = recorded;
    this.utility = utility;
    this.bound = new Bound(policy, utility);
    this.from = from;
    this.sampleEvery = Duration.between(from, to).dividedBy(MOST_SAMPLES);
    this.nextSample = from;
  }

  /**
   * Books a stretch of time that begins now.
   *
   * @param unseen no pass has seen yet what the prices are
   * @param releasing machines with data are on their way out
   */
  void keep(Instant until, boolean unseen, boolean releasing) {
    var now = market.instant();
    double time = Duration.between(now, until).toMillis() / 3_600_000.0;
    double spend = 0;
    double works = 0;
    for (var machine : market.machines()) {
      note(machine);
      if (machine.isAlive()) {
        double price = price(machine.pool(), now);
        // EC2 takes it away within two minutes: money and work are given up already.
        spend += machine.isDoomed() ? 0 : price;
        usd += price * time;
        onDemandUsd += onDemand(machine.pool().type()) * time;
        if (machine.isRunning(now) && !machine.isDoomed()) {
          double each = utility.getOrDefault(machine.pool().type(), 0.0);
          works += each;
          utilityHoursOf.merge(machine.pool().type(), each * time, Double::sum);
        }
      }
    }
    hours += time;
    if (!unseen && spend > policy.budget().dollars() + 1e-9) {
      minutesOver += 60 * time;
      minutesOverBySafety += policy.stateful() && releasing ? 60 * time : 0;
    }
    double wanted = policy.demand().map(each -> each.amount()).orElse(0.0);
    utilityHours += Math.min(works, Math.max(wanted, policy.floor().amount())) * time;
    // What no pass has seen yet was bought at the prices before.
    double before = most;
    most = most(now);
    boundHours += (unseen ? Math.max(before, most) : most) * time;
    if (!now.isBefore(nextSample)) {
      samples.add(new Report.Sample(now, spend, works, most));
      nextSample = now.plus(sampleEvery);
    }
  }

  private void note(SpotMachine machine) {
    started.add(machine.id());
    if (machine.end().filter(by -> by == SpotMachine.End.MARKET).isPresent()) {
      interrupted.add(machine.id());
    }
  }

  private double price(Pool pool, Instant now) {
    return market.prices().at(pool, now).map(each -> each.dollars()).orElse(0.0);
  }

  private double onDemand(MachineType type) {
    var known = recorded.types().get(type);
    return known == null
        ? Double.NaN
        : known.onDemand().map(each -> each.dollars()).orElse(Double.NaN);
  }

  private double most(Instant now) {
    var changed = market.prices().lastChange(now);
    if (!changed.equals(pricesOf)) {
      pricesOf = changed;
      for (var pool : market.prices().pools()) {
        prices.put(pool, price(pool, now));
      }
    }
    return bound.at(prices, Duration.between(from, now));
  }

  Report close(Predecessor.Result predecessor) {
    market.machines().forEach(this::note);
    double all = utilityHoursOf.values().stream().mapToDouble(each -> each).sum();
    double largest = utilityHoursOf.values().stream().mapToDouble(each -> each).max().orElse(0);
    return new Report(
        hours,
        usd,
        onDemandUsd,
        minutesOver,
        minutesOverBySafety,
        utilityHours,
        boundHours,
        started.size(),
        interrupted.size(),
        all > 0 ? largest / all : 0,
        predecessor,
        samples);
  }
}
