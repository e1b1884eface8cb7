package dev.caretaker.sandbox.audit;

import dev.caretaker.sandbox.market.Sale;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Machines that were sold beyond what was asked for in one purchase. */
public final class DoubleBuys {
  private DoubleBuys() {}

  /**
   * How many there are. A purchase is known by its fleet and its number, which are tags of its
   * machines, however many requests and client tokens it took; what has no such tags is known by
   * its token.
   */
  public static int count(List<Sale> sales) {
    Map<String, Integer> asked = new HashMap<>();
    Map<String, Integer> sold = new HashMap<>();
    for (var sale : sales) {
      var purchase =
          sale.purchase().isEmpty() ? sale.token() : sale.fleet() + " " + sale.purchase();
      asked.putIfAbsent(purchase, sale.asked());
      sold.merge(purchase, sale.machines().size(), Integer::sum);
    }
    return sold.entrySet().stream()
        .mapToInt(each -> Math.max(0, each.getValue() - asked.getOrDefault(each.getKey(), 0)))
        .sum();
  }
}
