package dev.caretaker.replay;

import dev.caretaker.fleet.model.MachineType;
import dev.caretaker.fleet.model.Pool;
import dev.caretaker.fleet.policy.FleetPolicy;
import dev.caretaker.world.market.Prices;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * SpotManager, which Caretaker replaces, by its published rules. Every ten minutes, in one zone: it
 * gives back what is more than is wanted, or bids for what is missing, by utility for a dollar at
 * the percentile of the {@link HourlyPrices}. Its budget binds the bids when they are made; a
 * machine is lost when the price passes its bid.
 *
 * <p>Left out is what a replay gives no occasion for: {@code save_money}, since bids and budget
 * stay what they are and their difference never falls below nothing (and since 2020 it acted only
 * where {@code ALLOW_SHUTDOWN} was set); the slow decay of the ETL fleet, which goes by the length
 * of a queue, while here a constant utility is wanted, as of the Elasticsearch fleet; the memory of
 * pools without capacity, blacklists and discounts, since a replay has none; {@code
 * allowed_overage}, which nobody set. In its favour, its machines work at once, and EC2 takes none
 * of them for want of capacity.
 */
final class Predecessor {
  static final Duration RUNS_EVERY = Duration.ofMinutes(10);

  /** Utility by which a machine may be larger than what is too much, and go all the same. */
  private static final int MOST_TOLERATED = 7;

  private final FleetPolicy policy;
  private final Map<MachineType, Double> utility;
  private final Prices prices;
  private final List<Pool> pools;
  private final List<Machine> machines = new ArrayList<>();
  private List<Candidate> judged = List.of();
  private Instant judgedAt = Instant.MIN;
  private double usd;
  private double utilityHours;
  private double hoursOver;
  private long starts;
  private long lost;

  private record Machine(Pool pool, double bid) {}

  /**
   * A pool as it is judged in an hour.
   *
   * @param each utility of a machine
   * @param current the value of this hour
   * @param minimum the percentile, the lowest bid
   * @param higher the next higher value, which no bid of several exceeds
   */
  private record Candidate(Pool pool, double each, double current, double minimum, double higher) {
    private double estimatedValue() {
      return each / minimum;
    }
  }

  /** What it would have come to. */
  public record Result(
      double usd, double utilityHours, double minutesOverBudget, long starts, long lost) {}

  Predecessor(
      FleetPolicy policy, Map<MachineType, Double> utility, Prices prices, List<Pool> oneZone) {
    this.policy = policy;
    this.utility = utility;
    this.prices = prices;
    this.pools = List.copyOf(oneZone);
  }

  Result result() {
    return new Result(usd, utilityHours, hoursOver * 60, starts, lost);
  }

  /** One run, and what it costs until the next. */
  void run(Instant now) {
    int before = machines.size();
    machines.removeIf(each -> price(each.pool(), now) > each.bid());
    lost += before - machines.size();
    pass(now);
    double hours = RUNS_EVERY.toMinutes() / 60.0;
    double spend = machines.stream().mapToDouble(each -> price(each.pool(), now)).sum();
    usd += spend * hours;
    utilityHours += Math.min(wanted(), current()) * hours;
    hoursOver += spend > policy.budget().dollars() + 1e-9 ? hours : 0;
  }

  private double price(Pool pool, Instant now) {
    return prices.at(pool, now).map(each -> each.dollars()).orElse(Double.MAX_VALUE);
  }

  private double each(Pool pool) {
    return utility.getOrDefault(pool.type(), 0.0);
  }

  private double wanted() {
    return policy.demand().map(each -> each.amount()).orElse(0.0);
  }

  private double current() {
    return machines.stream().mapToDouble(machine -> each(machine.pool())).sum();
  }

  private void pass(Instant now) {
    judge(now);
    var active = List.copyOf(machines);
    double remaining = policy.budget().dollars() - active.stream().mapToDouble(Machine::bid).sum();
    double needed = wanted() - current();
    if (needed < 0) {
      needed = remove(-needed);
    }
    if (needed > 0) {
      var limit = policy.limits().newUtility().map(each -> each.amount());
      bid(Math.min(needed, limit.orElse(Double.MAX_VALUE)), remaining, active);
    }
  }

  private void judge(Instant now) {
    var hour = now.truncatedTo(ChronoUnit.HOURS);
    var changed = prices.lastChange(now);
    var since = changed.isAfter(hour) ? changed : hour;
    if (since.equals(judgedAt)) {
      return;
    }
    judgedAt = since;
    var found = new ArrayList<Candidate>();
    for (var pool : pools) {
      if (each(pool) > 0) {
        var series = prices.series(pool, hour.minus(policy.prices().history()), now);
        judge(pool, HourlyPrices.of(series, policy.prices(), now)).ifPresent(found::add);
      }
    }
    found.sort(Comparator.comparingDouble(each -> -each.estimatedValue()));
    judged = found;
  }

  private Optional<Candidate> judge(Pool pool, HourlyPrices hourly) {
    var minimum = hourly.at(policy.prices().percentile());
    return minimum.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Candidate(
                pool,
                each(pool),
                hourly.current().orElse(Double.MAX_VALUE),
                minimum.getAsDouble(),
                hourly.above(minimum.getAsDouble()).orElse(Double.MAX_VALUE)));
  }

  /**
   * Gives back what is too much: the largest first, of equals the worst, each that is no larger
   * than what is left of it. Where that does not come up to it, the same with more and more
   * tolerance. What is given back beyond it is bid for again at once.
   *
   * @return utility that is missing then
   */
  private double remove(double tooMuch) {
    var order = new ArrayList<>(machines);
    order.sort(
        Comparator.comparingDouble((Machine machine) -> -each(machine.pool()))
            .thenComparingDouble(this::estimatedValue));
    var given = List.<Machine>of();
    double left = tooMuch;
    for (int tolerance = 0; tolerance <= MOST_TOLERATED; tolerance++) {
      var some = new ArrayList<Machine>();
      left = tooMuch;
      for (var machine : order) {
        if (each(machine.pool()) <= left + tolerance) {
          some.add(machine);
          left -= each(machine.pool());
        }
      }
      given = some;
      if (left <= 0) {
        break;
      }
    }
    // Equal machines are as good as each other.
    given.forEach(machines::remove);
    return Math.max(0, -left);
  }

  private double estimatedValue(Machine machine) {
    return judged.stream()
        .filter(each -> each.pool().equals(machine.pool()))
        .mapToDouble(Candidate::estimatedValue)
        .findFirst()
        .orElse(0);
  }

  private void bid(double wanted, double money, List<Machine> active) {
    double needed = wanted;
    double remaining = money;
    double mostPerUtility =
        policy.prices().mostPerUtility().map(each -> each.dollars()).orElse(Double.MAX_VALUE);
    for (var candidate : judged) {
      double acceptable = mostPerUtility * candidate.each();
      if (candidate.minimum() > Math.min(acceptable, remaining)) {
        continue;
      }
      int count = count(candidate, needed, active);
      double highest = Math.min(candidate.higher(), Math.min(acceptable, remaining));
      for (int i = 0; i < count; i++) {
        double bid =
            count == 1 ? single(candidate, acceptable) : rung(candidate, i, count, highest);
        if (bid > remaining) {
          break;
        }
        if (bid >= candidate.current()) {
          machines.add(new Machine(candidate.pool(), bid));
          starts++;
          remaining -= bid;
          needed -= candidate.each();
        }
      }
    }
  }

  /** Shares are counted in machines, by those that were there when the run began. */
  private int count(Candidate candidate, double needed, List<Machine> active) {
    long naive = Math.max(0, Math.round(needed / candidate.each()));
    long count = Math.min(naive, policy.limits().perType().orElse(Integer.MAX_VALUE));
    double share = policy.limits().sharePerType();
    if (share < 1) {
      long mine = active.stream().filter(each -> each.pool().equals(candidate.pool())).count();
      double all = Math.max(active.size(), naive);
      count = Math.min(count, (long) Math.floor((all * share - mine) / (1 - share)));
    }
    return (int) Math.max(0, count);
  }

  /** One bid is a little above the price. */
  private static double single(Candidate candidate, double acceptable) {
    return Math.min(Math.max(1.1 * candidate.current(), candidate.minimum()), acceptable);
  }

  /** Several bids climb a ladder. */
  private static double rung(Candidate candidate, int i, int count, double highest) {
    double minimum = candidate.minimum();
    return minimum + i * Math.min(minimum / 10, (highest - minimum) / (count - 1));
  }
}
