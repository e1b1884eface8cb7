package dev.caretaker.replay;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * The most that whole machines can be worth for a budget, whatever the limits: a knapsack that
 * takes any number of each. Where a budget pays for a few machines only, this says more than
 * machines in any fraction do.
 */
final class WholeMachines {
  /** The budget is counted in so many coins. */
  private static final int COINS = 50_000;

  private WholeMachines() {}

  /**
   * One that may be bought any number of times.
   *
   * @param price more than 0, in the money of the budget
   */
  record Machine(double price, double value) {}

  /** A way to spend coins; the cheapest for its value is enough. */
  private record Choice(int coins, double value) {}

  /** Prices are rounded down to coins, so that this is never less than what can be had. */
  static double most(double budget, Collection<Machine> machines) {
    var choices = choices(budget, machines);
    var most = new double[COINS + 1];
    for (int coins = 1; coins <= COINS; coins++) {
      double here = most[coins - 1];
      for (var choice : choices) {
        if (choice.coins() > coins) {
          break;
        }
        here = Math.max(here, most[coins - choice.coins()] + choice.value());
      }
      most[coins] = here;
    }
    return most[COINS];
  }

  /** The cheapest first, without those that are worth no more than a cheaper one. */
  private static List<Choice> choices(double budget, Collection<Machine> machines) {
    var all = new ArrayList<Choice>();
    for (var machine : machines) {
      int coins = (int) Math.min(COINS + 1.0, Math.floor(machine.price() / budget * COINS - 1e-9));
      if (coins <= COINS) {
        all.add(new Choice(Math.max(1, coins), machine.value()));
      }
    }
    all.sort(Comparator.comparingInt(Choice::coins));
    var choices = new ArrayList<Choice>();
    double best = 0;
    for (var choice : all) {
      if (choice.value() > best) {
        choices.add(choice);
        best = choice.value();
      }
    }
    return choices;
  }
}
