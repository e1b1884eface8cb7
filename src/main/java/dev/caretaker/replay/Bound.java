package dev.caretaker.replay;

import dev.caretaker.fleet.ledger.Ledger;
import dev.caretaker.fleet.model.MachineType;
import dev.caretaker.fleet.model.Pool;
import dev.caretaker.fleet.policy.FleetPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.ojalgo.optimisation.Expression;
import org.ojalgo.optimisation.ExpressionsBasedModel;
import org.ojalgo.optimisation.Variable;

/**
 * The most utility that money could have bought at one moment under the limits of a spec: no buyer
 * has more. It is the least of three bounds, in each of which machines change for nothing: a linear
 * program with machines in any fraction, whose shares are those of the rules, which let one machine
 * in for the part of it that has room; whole machines without shares; and what may be bought since
 * the fleet began.
 */
final class Bound {
  private final FleetPolicy policy;
  private final Map<MachineType, Double> utility;
  private Map<Pool, Double> lastPrices = Map.of();
  private double last;

  /** One constraint for each part of the fleet, types or zones. */
  private record Shares(Function<Pool, String> part, double share) {}

  Bound(FleetPolicy policy, Map<MachineType, Double> utility) {
    this.policy = policy;
    this.utility = utility;
  }

  /** At these prices, so long after a fleet has begun with nothing. */
  double at(SortedMap<Pool, Double> prices, Duration since) {
    long lots = since.dividedBy(Ledger.RECENT) + 1;
    double bought =
        policy.limits().newUtility().map(each -> each.amount() * lots).orElse(Double.MAX_VALUE);
    return Math.min(bought, at(prices));
  }

  private double at(SortedMap<Pool, Double> prices) {
    if (!prices.equals(lastPrices)) {
      lastPrices = new TreeMap<>(prices);
      var allowed = allowed(prices);
      last = Math.min(solve(allowed, prices), whole(allowed, prices));
    }
    return last;
  }

  private double each(Pool pool) {
    return utility.getOrDefault(pool.type(), 0.0);
  }

  private double whole(List<Pool> allowed, Map<Pool, Double> prices) {
    var cheapest = new TreeMap<MachineType, Double>();
    allowed.forEach(pool -> cheapest.merge(pool.type(), prices.getOrDefault(pool, 0.0), Math::min));
    return WholeMachines.most(policy.budget().dollars(), cheapest, utility);
  }

  /** What a buyer may choose from. */
  private List<Pool> allowed(Map<Pool, Double> prices) {
    double most =
        policy.prices().mostPerUtility().map(each -> each.dollars()).orElse(Double.MAX_VALUE);
    var worth = new TreeMap<Pool, Double>();
    prices.forEach(
        (pool, price) -> {
          if (each(pool) > 0 && price > 0 && price <= most * each(pool) * (1 + 1e-9)) {
            worth.put(pool, price);
          }
        });
    double best =
        worth.entrySet().stream()
            .mapToDouble(entry -> each(entry.getKey()) / entry.getValue())
            .max()
            .orElse(0);
    worth.entrySet().removeIf(entry -> !fits(entry.getKey(), entry.getValue(), best));
    return List.copyOf(worth.keySet());
  }

  /**
   * A machine that no limit ever lets in is no choice, not even in parts: it is more than may be
   * bought at once, or both its money and its utility are more than a share.
   */
  private boolean fits(Pool pool, double price, double best) {
    var limits = policy.limits();
    double budget = policy.budget().dollars();
    double share = Math.min(limits.sharePerType(), limits.sharePerZone());
    return limits.newUtility().filter(limit -> each(pool) > limit.amount()).isEmpty()
        && price <= budget
        && (price <= share * budget || each(pool) <= share * best * budget);
  }

  /**
   * Only the best of each zone: whoever holds another could change it for one of these in the same
   * zone, for no more money, as long as one of them is below its share, and together their shares
   * are the whole.
   */
  private List<Pool> candidates(List<Pool> allowed, Map<Pool, Double> prices) {
    var byZone = new HashMap<String, List<Pool>>();
    allowed.forEach(
        pool -> byZone.computeIfAbsent(pool.zone().value(), zone -> new ArrayList<>()).add(pool));
    int needed = (int) Math.ceil(1 / policy.limits().sharePerType() - 1e-9);
    return byZone.values().stream()
        .flatMap(
            pools ->
                pools.stream()
                    .sorted(
                        Comparator.comparingDouble(
                            (Pool pool) -> prices.getOrDefault(pool, 0.0) / each(pool)))
                    .limit(needed))
        .toList();
  }

  private double solve(List<Pool> allowed, Map<Pool, Double> prices) {
    var pools = candidates(allowed, prices);
    if (pools.isEmpty()) {
      return 0;
    }
    var model = new ExpressionsBasedModel();
    var variables = new TreeMap<Pool, Variable>();
    for (var pool : pools) {
      variables.put(pool, model.newVariable(pool.toString()).lower(0).weight(1));
    }
    var budget = model.newExpression("budget").upper(policy.budget().dollars());
    variables.forEach(
        (pool, amount) -> budget.set(amount, prices.getOrDefault(pool, 0.0) / each(pool)));
    policy
        .demand()
        .ifPresent(
            wanted -> {
              var demand = model.newExpression("demand").upper(wanted.or(policy.floor()).amount());
              variables.values().forEach(amount -> demand.set(amount, 1));
            });
    var limits = policy.limits();
    var types = new Shares(pool -> pool.type().value(), limits.sharePerType());
    var zones = new Shares(pool -> pool.zone().value(), limits.sharePerZone());
    shares(model, variables, allowed, types);
    shares(model, variables, allowed, zones);
    var result = model.maximise();
    if (!result.getState().isOptimal()) {
      throw new IllegalStateException("no bound: " + result);
    }
    return result.getValue();
  }

  private void shares(
      ExpressionsBasedModel model,
      Map<Pool, Variable> variables,
      List<Pool> allowed,
      Shares shares) {
    double share = shares.share();
    if (share >= 1) {
      return;
    }
    var largest = new HashMap<String, Double>();
    allowed.forEach(pool -> largest.merge(shares.part().apply(pool), each(pool), Math::max));
    var parts = new TreeMap<String, Expression>();
    for (var pool : variables.keySet()) {
      var part = shares.part().apply(pool);
      double oneMachine = (1 - share) * largest.getOrDefault(part, 0.0);
      parts.computeIfAbsent(part, name -> model.newExpression(name).upper(oneMachine));
    }
    parts.forEach(
        (name, expression) ->
            variables.forEach(
                (pool, amount) ->
                    expression.set(
                        amount, shares.part().apply(pool).equals(name) ? 1 - share : -share)));
  }
}
