package dev.caretaker.replay;

import dev.caretaker.fleet.model.MachineType;
import dev.caretaker.fleet.model.Pool;
import dev.caretaker.fleet.model.PriceSeries;
import dev.caretaker.fleet.policy.FleetPolicy;
import dev.caretaker.fleet.price.PriceHistory;
import dev.caretaker.world.market.Prices;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * SpotManager, which Caretaker replaces, by its published rules: every ten minutes it bids for what
 * is missing, in one zone, by utility for a dollar at the percentile; its budget binds the bids
 * when they are made; a machine is lost when the price passes its bid; it never gives one back.
 */
final class Predecessor {
  static final Duration RUNS_EVERY = Duration.ofMinutes(10);

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

  private record Candidate(Pool pool, double minimum, double most) {}

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
    bid(now);
    double hours = RUNS_EVERY.toMinutes() / 60.0;
    double spend = machines.stream().mapToDouble(each -> price(each.pool(), now)).sum();
    double wanted = policy.demand().map(each -> each.amount()).orElse(0.0);
    usd += spend * hours;
    utilityHours += Math.min(wanted, current()) * hours;
    hoursOver += spend > policy.budget().dollars() + 1e-9 ? hours : 0;
  }

  private double price(Pool pool, Instant now) {
    return prices.at(pool, now).map(each -> each.dollars()).orElse(Double.MAX_VALUE);
  }

  private double each(Pool pool) {
    return utility.getOrDefault(pool.type(), 0.0);
  }

  private double current() {
    return machines.stream().mapToDouble(machine -> each(machine.pool())).sum();
  }

  private void bid(Instant now) {
    double wanted = policy.demand().map(each -> each.amount()).orElse(0.0);
    double needed = wanted - current();
    needed =
        Math.min(
            needed,
            policy.limits().newUtility().map(each -> each.amount()).orElse(Double.MAX_VALUE));
    double remaining =
        policy.budget().dollars() - machines.stream().mapToDouble(Machine::bid).sum();
    if (needed <= 0 || remaining <= 0) {
      return;
    }
    var hour = now.truncatedTo(ChronoUnit.HOURS);
    if (!hour.equals(judgedAt)) {
      judgedAt = hour;
      judged = candidates(now);
    }
    for (var candidate : judged) {
      int count = count(candidate, needed, remaining);
      double price = price(candidate.pool(), now);
      double highest = Math.min(candidate.most(), remaining);
      for (int i = 0; i < count && needed > 0; i++) {
        double bid = amount(candidate, i, count, highest, now);
        if (bid < price || bid > remaining) {
          continue;
        }
        machines.add(new Machine(candidate.pool(), bid));
        starts++;
        remaining -= bid;
        needed -= each(candidate.pool());
      }
    }
  }

  private List<Candidate> candidates(Instant now) {
    var since = now.minus(policy.prices().history());
    var found = new ArrayList<Candidate>();
    double most =
        policy.prices().mostPerUtility().map(each -> each.dollars()).orElse(Double.MAX_VALUE);
    for (var pool : pools) {
      if (each(pool) > 0) {
        PriceSeries series = prices.series(pool, since, now);
        PriceHistory.quote(series, policy.prices(), now)
            .map(quote -> new Candidate(pool, quote.ceiling().dollars(), most * each(pool)))
            .filter(each -> each.minimum() <= each.most())
            .ifPresent(found::add);
      }
    }
    found.sort(Comparator.comparingDouble(each -> each.minimum() / each(each.pool())));
    return found;
  }

  private int count(Candidate candidate, double needed, double remaining) {
    var pool = candidate.pool();
    long count = Math.max(0, Math.round(needed / each(pool)));
    count = Math.min(count, policy.limits().perType().orElse(Integer.MAX_VALUE));
    // More bids than can be paid are skipped one by one; there is no need to count them.
    count = Math.min(count, (long) Math.floor(remaining / candidate.minimum()) + 1);
    double share = policy.limits().sharePerType();
    if (share < 1) {
      var byType = new TreeMap<MachineType, Integer>();
      machines.forEach(machine -> byType.merge(machine.pool().type(), 1, Integer::sum));
      double all = Math.max(machines.size(), count);
      double mine = byType.getOrDefault(pool.type(), 0);
      count = Math.min(count, (long) Math.floor((all * share - mine) / (1 - share)));
    }
    return (int) Math.max(0, count);
  }

  /** One bid is a little above the price; several climb a ladder. */
  private double amount(Candidate candidate, int i, int count, double highest, Instant now) {
    if (count == 1) {
      double above = 1.1 * price(candidate.pool(), now);
      return Math.min(Math.max(above, candidate.minimum()), candidate.most());
    }
    double step = Math.min(candidate.minimum() / 10, (highest - candidate.minimum()) / (count - 1));
    return candidate.minimum() + i * step;
  }
}
