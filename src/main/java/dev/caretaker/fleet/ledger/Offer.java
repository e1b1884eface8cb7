package dev.caretaker.fleet.ledger;

import dev.caretaker.fleet.model.Pool;
import dev.caretaker.fleet.model.Quote;
import dev.caretaker.kernel.UsdPerHour;
import dev.caretaker.kernel.Utility;
import java.util.Comparator;

/**
 * A machine that could be bought.
 *
 * @param judgedAt the price that says what it is worth; the ceiling alone says whether the budget
 *     has room for it
 */
public record Offer(Quote quote, String subnet, Utility each, UsdPerHour judgedAt) {
  /** By utility for a dollar; the cheaper first where that is equal. */
  public static final Comparator<Offer> BEST_FIRST =
      Comparator.comparingDouble((Offer offer) -> -offer.perDollar())
          .thenComparing(Offer::ceiling)
          .thenComparing(Offer::pool);

  public Pool pool() {
    return quote.pool();
  }

  public UsdPerHour ceiling() {
    return quote.ceiling();
  }

  /** The same machine as it counts once it runs. */
  public Offer running() {
    return new Offer(new Quote(pool(), quote.today(), quote.today()), subnet, each, quote.today());
  }

  public double perDollar() {
    return each.perDollar(judgedAt);
  }

  /** Whether it costs more for each of its utility, as far as a billionth of a dollar tells. */
  public boolean costsMoreThan(UsdPerHour perUtility) {
    return judgedAt.nanos() * 1000.0 > perUtility.nanos() * (double) each.thousandths();
  }

  /** What a dollar buys of what is still missing: more than that is worth nothing. */
  public double perDollar(Utility missing) {
    return each.isMoreThan(missing) ? missing.perDollar(judgedAt) : perDollar();
  }
}
