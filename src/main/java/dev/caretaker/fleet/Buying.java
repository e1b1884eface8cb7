package dev.caretaker.fleet;

import dev.caretaker.fleet.guard.FleetRules;
import dev.caretaker.fleet.guard.PurchaseQuestion;
import dev.caretaker.fleet.guard.PurchaseRule;
import dev.caretaker.fleet.guard.Situation;
import dev.caretaker.fleet.ledger.Ledger;
import dev.caretaker.fleet.ledger.Offer;
import dev.caretaker.fleet.model.FleetView;
import dev.caretaker.fleet.model.Pool;
import dev.caretaker.fleet.model.Purchase;
import dev.caretaker.fleet.model.Quote;
import dev.caretaker.fleet.model.Subnet;
import dev.caretaker.fleet.policy.FleetPolicy;
import dev.caretaker.kernel.UsdPerHour;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Chooses machines one by one: each time the offer that gives most of what is missing for a dollar,
 * among those that no rule speaks against. A full pool ends nothing: the next best is taken.
 */
final class Buying {
  /** Of one decision; what is missing then is bought in the next. */
  private static final int MOST_AT_ONCE = 500;

  private final FleetRules rules;
  private final FleetRules lasting;

  Buying(FleetRules rules) {
    this.rules = rules;
    this.lasting = rules.lasting();
  }

  /**
   * Every pool with a price, a subnet and a use, the best first. Of the subnets of a zone the one
   * with the most addresses left is taken, so that none fills up while another has room.
   */
  static List<Offer> offers(FleetPolicy policy, FleetView view, SortedMap<Pool, Quote> quotes) {
    var subnets = new TreeMap<String, Subnet>();
    for (var subnet : view.subnets().ifKnown().orElse(List.of())) {
      subnets.merge(subnet.zone().value(), subnet, (a, b) -> b.free() > a.free() ? b : a);
    }
    var types = view.types().ifKnown().orElse(new TreeMap<>());
    var offers = new ArrayList<Offer>();
    for (var quote : quotes.values()) {
      var subnet = subnets.get(quote.pool().zone().value());
      var type = quote.pool().type();
      var each = policy.worth().toBuy(type, Optional.ofNullable(types.get(type)));
      if (subnet != null && !each.isZero()) {
        offers.add(new Offer(quote, subnet.id(), each, judgedAt(policy, quote)));
      }
    }
    offers.sort(Offer.BEST_FIRST);
    return offers;
  }

  /**
   * A machine with data stays for days, so what it is likely to cost counts; one without data is
   * exchanged as soon as it is not the best any more, so what it costs now does.
   */
  private static UsdPerHour judgedAt(FleetPolicy policy, Quote quote) {
    return policy.stateful() ? quote.ceiling() : quote.today();
  }

  Basket plan(Situation situation, Ledger start, List<Offer> offers) {
    return plan(rules, situation, start, offers);
  }

  /** What a fleet would come to be in the end, however long it takes. */
  Basket planAnew(Situation situation, Ledger start, List<Offer> offers) {
    return plan(lasting, situation, start, offers);
  }

  private static Basket plan(
      FleetRules rules, Situation situation, Ledger start, List<Offer> offers) {
    var counts = new LinkedHashMap<Offer, Integer>();
    var ledger = start;
    for (int i = 0; i < MOST_AT_ONCE; i++) {
      var best = best(rules, situation, ledger, offers);
      if (best.isEmpty()) {
        break;
      }
      counts.merge(best.get(), 1, Integer::sum);
      ledger = ledger.with(best.get());
    }
    return new Basket(counts, ledger);
  }

  private static Optional<Offer> best(
      FleetRules rules, Situation situation, Ledger ledger, List<Offer> offers) {
    var missing = situation.wanted().less(ledger.staying());
    Optional<Offer> best = Optional.empty();
    double most = 0;
    for (var offer : offers) {
      if (offer.perDollar() <= most) {
        break;
      }
      double value = missing.isZero() ? offer.perDollar() : offer.perDollar(missing);
      if (value > most && rules.against(new PurchaseQuestion(situation, ledger, offer)).isEmpty()) {
        best = Optional.of(offer);
        most = value;
      }
    }
    return best;
  }

  /** Which rule refuses how many of the offers: why no more is bought. */
  Map<PurchaseRule, Integer> refusals(Situation situation, Ledger ledger, List<Offer> offers) {
    var counts = new LinkedHashMap<PurchaseRule, Integer>();
    for (var offer : offers) {
      rules
          .against(new PurchaseQuestion(situation, ledger, offer))
          .ifPresent(rule -> counts.merge(rule, 1, Integer::sum));
    }
    return counts;
  }

  /** One request for each pool. */
  static List<Purchase> requests(FleetPolicy policy, Basket basket, long lastNumber, Instant now) {
    var requests = new ArrayList<Purchase>();
    long number = lastNumber;
    for (var entry : basket.counts().entrySet()) {
      number++;
      var offer = entry.getKey();
      requests.add(
          new Purchase(
              policy.id(),
              number,
              offer.pool(),
              offer.subnet(),
              entry.getValue(),
              offer.each(),
              offer.ceiling(),
              mostUsd(policy, offer),
              policy.template(),
              now));
    }
    return requests;
  }

  /**
   * EC2 takes a machine away when its price rises above this; so machines with data have no such
   * bound: they leave by handshake.
   */
  private static Optional<UsdPerHour> mostUsd(FleetPolicy policy, Offer offer) {
    return policy.stateful()
        ? Optional.empty()
        : policy
            .prices()
            .mostPerUtility()
            .map(most -> new UsdPerHour((long) (most.dollars() * offer.each().amount() * 1e9)))
            .map(most -> most.or(offer.ceiling()));
  }
}
