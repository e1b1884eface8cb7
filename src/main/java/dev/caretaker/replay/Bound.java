package dev.caretaker.replay;

import dev.caretaker.fleet.model.MachineType;
import dev.caretaker.fleet.model.Pool;
import dev.caretaker.fleet.policy.FleetPolicy;
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
 * The most utility that money could have bought at one moment under the limits of a spec, by
 * machines that can be had in any fraction and change for nothing: no buyer has more.
 */
final class Bound {
  private final FleetPolicy policy;
  private final Map<MachineType, Double> utility;
  private Map<Pool, Double> lastPrices = Map.of();
  private double last;

  Bound(FleetPolicy policy, Map<MachineType, Double> utility) {
    this.policy = policy;
    this.utility = utility;
  }

  /** At these prices. */
  double at(SortedMap<Pool, Double> prices) {
    if (!prices.equals(lastPrices)) {
      lastPrices = new TreeMap<>(prices);
      last = solve(candidates(prices), prices);
    }
    return last;
  }

  private double each(Pool pool) {
    return utility.getOrDefault(pool.type(), 0.0);
  }

  /**
   * Only the best of each zone: whoever holds another could change it for one of these in the same
   * zone, for no more money, as long as one of them is below its share, and together their shares
   * are the whole.
   */
  private List<Pool> candidates(SortedMap<Pool, Double> prices) {
    var byZone = new HashMap<String, List<Pool>>();
    double most =
        policy.prices().mostPerUtility().map(each -> each.dollars()).orElse(Double.MAX_VALUE);
    prices.forEach(
        (pool, price) -> {
          boolean worth = each(pool) > 0 && price > 0 && price <= most * each(pool) * (1 + 1e-9);
          if (worth && fits(pool, price)) {
            byZone.computeIfAbsent(pool.zone().value(), zone -> new ArrayList<>()).add(pool);
          }
        });
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

  /** A machine that no limit ever lets in by itself is no choice, not even in parts. */
  private boolean fits(Pool pool, double price) {
    var limits = policy.limits();
    double share = Math.min(limits.sharePerType(), limits.sharePerZone());
    return limits.newUtility().filter(limit -> each(pool) > limit.amount()).isEmpty()
        && price <= share * policy.budget().dollars();
  }

  private double solve(List<Pool> pools, Map<Pool, Double> prices) {
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
    shares(model, variables, pool -> pool.type().value(), policy.limits().sharePerType());
    shares(model, variables, pool -> pool.zone().value(), policy.limits().sharePerZone());
    var result = model.maximise();
    if (!result.getState().isOptimal()) {
      throw new IllegalStateException("no bound: " + result);
    }
    return result.getValue();
  }

  private static void shares(
      ExpressionsBasedModel model,
      Map<Pool, Variable> variables,
      Function<Pool, String> part,
      double share) {
    if (share >= 1) {
      return;
    }
    var parts = new TreeMap<String, Expression>();
    for (var pool : variables.keySet()) {
      parts.computeIfAbsent(part.apply(pool), name -> model.newExpression(name).upper(0));
    }
    parts.forEach(
        (name, expression) ->
            variables.forEach(
                (pool, amount) ->
                    expression.set(amount, part.apply(pool).equals(name) ? 1 - share : -share)));
  }
}
