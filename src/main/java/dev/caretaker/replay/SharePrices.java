package dev.caretaker.replay;

import dev.caretaker.fleet.model.MachineType;
import dev.caretaker.fleet.model.Pool;
import dev.caretaker.replay.Slack.Part;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ojalgo.optimisation.ExpressionsBasedModel;
import org.ojalgo.optimisation.Variable;

/**
 * What it is worth to hold a little more of a type or a zone. Any such prices, good or bad, give a
 * bound: who pays them for what he holds and is paid for the whole of each share has at least what
 * he had, since no part holds more; and without shares whole machines are a knapsack (a Lagrangian
 * relaxation). The best prices are those of a linear program.
 *
 * @param prices utility that is given for each utility of a part; no part is worth less than 0
 */
record SharePrices(Map<Part, Double> prices) {
  static final SharePrices FREE = new SharePrices(Map.of());

  /** So many of each zone for each of a type that its share makes necessary. */
  private static final int SPARE = 2;

  /**
   * What may be held.
   *
   * @param budget USD for an hour
   * @param prices USD for an hour of a machine
   * @param utility of a machine
   */
  record Choices(
      double budget, List<Pool> pools, Map<Pool, Double> prices, Map<MachineType, Double> utility) {
    double price(Pool pool) {
      return prices.getOrDefault(pool, Double.MAX_VALUE);
    }

    double each(Pool pool) {
      return utility.getOrDefault(pool.type(), 0.0);
    }

    Choices only(List<Pool> some) {
      return new Choices(budget, some, prices, utility);
    }

    /** The best pools of each zone: of others nobody holds any. */
    private List<Pool> best(Slack slack) {
      var byZone = new TreeMap<String, List<Pool>>();
      for (var pool : pools) {
        byZone.computeIfAbsent(pool.zone().value(), zone -> new ArrayList<>()).add(pool);
      }
      double share = slack.parts(pools.get(0)).stream().mapToDouble(Part::share).min().orElse(1);
      int needed = SPARE * (int) Math.ceil(1 / share - 1e-9);
      return byZone.values().stream()
          .flatMap(
              zone ->
                  zone.stream()
                      .sorted(Comparator.comparingDouble(pool -> price(pool) / each(pool)))
                      .limit(needed))
          .toList();
    }
  }

  /**
   * The best prices for a fleet of this utility: the dual of the linear program that holds machines
   * in any fraction.
   */
  static SharePrices of(Choices choices, Slack slack, double fleet) {
    var model = new ExpressionsBasedModel();
    var money = model.newVariable("money").lower(0).weight(choices.budget());
    var parts = new HashMap<Part, Variable>();
    for (var pool : choices.best(slack)) {
      var worth = model.newExpression(pool.toString()).lower(1);
      worth.set(money, choices.price(pool) / choices.each(pool));
      for (var part : slack.parts(pool)) {
        double whole = slack.room(part, fleet);
        var price =
            parts.computeIfAbsent(
                part, each -> model.newVariable(each.name()).lower(0).weight(whole));
        worth.set(price, 1);
      }
    }
    if (parts.isEmpty() || !model.minimise().getState().isOptimal()) {
      return FREE;
    }
    var prices = new HashMap<Part, Double>();
    parts.forEach(
        (part, price) -> {
          double value = price.getValue().doubleValue();
          if (value > 1e-9) {
            prices.put(part, value);
          }
        });
    return new SharePrices(prices);
  }

  /**
   * The most that a fleet can hold, whose parts hold no more than their shares of itself or of a
   * fleet that there once could be.
   *
   * @param peak utility of that fleet
   */
  double most(Choices choices, Slack slack, double peak) {
    double fixed = withoutShares(choices);
    double grows = 0;
    for (var each : prices.entrySet()) {
      fixed += each.getValue() * slack.room(each.getKey(), 0);
      grows += each.getValue() * each.getKey().share();
    }
    double before = fixed + grows * peak;
    if (before <= peak) {
      return before;
    }
    // A fleet above the peak goes by its own size: size = fixed + grows * size.
    return grows < 1 ? fixed / (1 - grows) : Double.MAX_VALUE;
  }

  /**
   * The pools of which a fleet with at least this utility may hold machines. Who pays for money and
   * shares wastes what a machine costs beyond its worth, and has so much less than the bound.
   *
   * @param fleet utility of the fleet of which the parts hold their shares
   */
  List<Pool> worthHolding(double atLeast, Choices choices, Slack slack, double fleet) {
    double usd =
        choices.pools().stream()
            .mapToDouble(pool -> choices.each(pool) * (1 - pays(pool)) / choices.price(pool))
            .max()
            .orElse(0);
    double most = usd * choices.budget();
    for (var each : prices.entrySet()) {
      most += each.getValue() * slack.room(each.getKey(), fleet);
    }
    double waste = most - atLeast + 1e-6;
    return choices.pools().stream()
        .filter(pool -> usd * choices.price(pool) - choices.each(pool) * (1 - pays(pool)) <= waste)
        .toList();
  }

  /**
   * Of a fleet of which the parts hold their shares. Shares of types that cost nothing are let be:
   * they hardly matter, and take long to keep.
   */
  WholeFleets.Limit limits(Choices choices, Slack slack, double fleet) {
    return new WholeFleets.Limit() {
      @Override
      public double ofType(Pool pool) {
        var part = slack.type(pool);
        return prices.containsKey(part)
            ? Slack.room(part, choices.each(pool), fleet)
            : Double.MAX_VALUE;
      }

      @Override
      public double ofZone(Pool pool, double largest) {
        var part = slack.zone(pool);
        return part.share() < 1 ? Slack.room(part, largest, fleet) : Double.MAX_VALUE;
      }
    };
  }

  /** Who pays for the shares needs none: the less of any fractions and of whole machines. */
  private double withoutShares(Choices choices) {
    var machines = new ArrayList<WholeMachines.Machine>();
    double most = 0;
    for (var pool : choices.pools()) {
      double value = choices.each(pool) * (1 - pays(pool));
      if (value > 0) {
        machines.add(new WholeMachines.Machine(choices.price(pool), value));
        most = Math.max(most, choices.budget() * value / choices.price(pool));
      }
    }
    return Math.min(most, WholeMachines.most(choices.budget(), machines));
  }

  private double pays(Pool pool) {
    return prices.entrySet().stream()
        .filter(each -> each.getKey().isOf(pool))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }
}
