package dev.caretaker.fleet;

import dev.caretaker.fleet.ledger.Ledger;
import dev.caretaker.fleet.ledger.Offer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What would be bought.
 *
 * @param counts machines of each offer, in the order in which they were chosen
 * @param ledger as it would stand then
 */
record Basket(Map<Offer, Integer> counts, Ledger ledger) {
  Basket {
    counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
  }

  boolean isEmpty() {
    return counts.isEmpty();
  }
}
