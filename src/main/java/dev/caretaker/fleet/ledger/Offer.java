package dev.caretaker.fleet.ledger;

import dev.caretaker.fleet.model.Pool;
import dev.caretaker.fleet.model.Quote;
import dev.caretaker.kernel.UsdPerHour;
import dev.caretaker.kernel.Utility;
import java.util.Comparator;

/** A machine that could be bought. */
public record Offer(Quote quote, String subnet, Utility each) {
  /** By utility for a dollar at the ceiling; the cheaper first where that is equal. */
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

  public double perDollar() {
    return each.perDollar(ceiling());
  }

  /** Whether it costs more for each of its utility, as far as a billionth of a dollar tells. */
  public boolean costsMoreThan(UsdPerHour perUtility) {
    return ceiling().nanos() * 1000.0 > perUtility.nanos() * (double) each.thousandths();
  }

  /** What a dollar buys of what is still missing: more than that is worth nothing. */
  public double perDollar(Utility missing) {
    return each.isMoreThan(missing) ? missing.perDollar(ceiling()) : perDollar();
  }
}
