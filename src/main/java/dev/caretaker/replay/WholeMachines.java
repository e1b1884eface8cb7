package dev.caretaker.replay;

import dev.caretaker.fleet.model.MachineType;
import java.util.HashMap;
import java.util.Map;

/**
 * The most utility that whole machines can have for a budget, whatever the limits: a knapsack that
 * takes any number of each type. Where a budget pays for a few machines only, this says more than
 * machines in any fraction do.
 */
final class WholeMachines {
  /** The budget is counted in so many coins. */
  private static final int COINS = 20_000;

  private WholeMachines() {}

  /** A way to spend coins; the cheapest for its utility is enough. */
  private record Choice(int coins, double utility) {}

  /**
   * Prices are rounded down to coins, so that this is never less than what can be had.
   *
   * @param prices of a machine of each type, where it is cheapest
   */
  static double most(
      double budget, Map<MachineType, Double> prices, Map<MachineType, Double> utility) {
    var best = new HashMap<Integer, Double>();
    prices.forEach(
        (type, price) -> {
          int coins = (int) Math.max(1, Math.floor(price / budget * COINS - 1e-9));
          if (coins <= COINS) {
            best.merge(coins, utility.getOrDefault(type, 0.0), Math::max);
          }
        });
    var choices =
        best.entrySet().stream().map(each -> new Choice(each.getKey(), each.getValue())).toList();
    var most = new double[COINS + 1];
    for (int coins = 1; coins <= COINS; coins++) {
      double here = most[coins - 1];
      for (var choice : choices) {
        if (choice.coins() <= coins) {
          here = Math.max(here, most[coins - choice.coins()] + choice.utility());
        }
      }
      most[coins] = here;
    }
    return most[COINS];
  }
}
