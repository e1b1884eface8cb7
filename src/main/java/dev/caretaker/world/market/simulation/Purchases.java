package dev.caretaker.world.market.simulation;

import dev.caretaker.fleet.FleetProgress;
import dev.caretaker.fleet.model.Pool;
import dev.caretaker.fleet.model.Purchase;
import dev.caretaker.fleet.policy.FleetPolicy;
import dev.caretaker.world.market.Market;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Audits what is about to be bought, at the moment it is saved. */
final class Purchases {
  private static final double EPSILON = 1e-6;
  private static final Duration WINDOW = Duration.ofMinutes(10);
  private static final Duration FULL = Duration.ofSeconds(60);

  private final Auditor auditor;
  private final Market market;
  private final Map<Pool, Instant> full = new HashMap<>();

  Purchases(Auditor auditor, Market market) {
    this.auditor = auditor;
    this.market = market;
  }

  void isFull(Pool pool) {
    full.put(pool, market.instant());
  }

  /** Whoever lost his memory may ask again. */
  void forget() {
    full.clear();
  }

  void audit(FleetPolicy policy, FleetProgress before, FleetProgress after) {
    var bought = after.pending().stream().filter(each -> !before.pending().contains(each)).toList();
    if (bought.isEmpty()) {
      return;
    }
    if (policy.paused()) {
      auditor.blame("Paused", "buys though paused: " + bought);
    }
    var truth = new Truth(market, policy);
    var asked = after.pending().stream().filter(each -> !bought.contains(each)).toList();
    auditDemand(truth, after, bought);
    auditBudget(policy, truth, after, bought);
    auditPrices(policy, truth, bought);
    auditCount(policy, truth, bought);
    auditRates(policy, truth, after, bought);
    auditShares(policy, truth, after, bought, asked);
    for (var purchase : bought) {
      var at = full.get(purchase.pool());
      if (at != null && at.plus(FULL).isAfter(market.instant())) {
        auditor.blame("AskedTheFullPool", purchase.pool() + " was full at " + at);
      }
    }
  }

  private static double utility(List<Purchase> purchases) {
    return purchases.stream().mapToDouble(each -> each.utility().amount()).sum();
  }

  private void auditDemand(Truth truth, FleetProgress after, List<Purchase> bought) {
    double there = truth.utility(truth.staying(after)) + truth.utility(truth.stripped());
    double all = there + utility(bought);
    if (all > truth.wanted() + 2 * truth.largest() + EPSILON) {
      auditor.blame("DoubleBuy", there + " are there, " + truth.wanted() + " wanted: " + bought);
    }
  }

  private void auditBudget(
      FleetPolicy policy, Truth truth, FleetProgress after, List<Purchase> bought) {
    double spend =
        truth.alive().stream()
            .filter(each -> !each.isDoomed())
            .mapToDouble(each -> truth.lowestPrice(each.pool()))
            .sum();
    double more =
        bought.stream().mapToDouble(each -> each.count() * truth.lowestPrice(each.pool())).sum();
    boolean floor = truth.utility(truth.staying(after)) < policy.floor().amount();
    if (!floor && spend + more > policy.budget().dollars() + EPSILON) {
      auditor.blame(
          "BoughtOverBudget", spend + " + " + more + " of " + policy.budget() + ": " + bought);
    }
  }

  /** A machine that its cluster never sees would be neither used nor released. */
  private void auditCount(FleetPolicy policy, Truth truth, List<Purchase> bought) {
    long all =
        truth.alive().stream().filter(truth::isTagged).count()
            + bought.stream().mapToLong(Purchase::count).sum();
    if (all > policy.limits().machines().orElse(Integer.MAX_VALUE)) {
      auditor.blame("MoreThanItsClusterSees", all + " machines: " + bought);
    }
  }

  private void auditPrices(FleetPolicy policy, Truth truth, List<Purchase> bought) {
    for (var purchase : bought) {
      double most =
          policy.prices().mostPerUtility().map(each -> each.dollars()).orElse(Double.MAX_VALUE);
      double price = truth.lowestPrice(purchase.pool());
      if (price > most * truth.each(purchase.pool().type()) + EPSILON) {
        auditor.blame("TooExpensive", purchase + " at " + price);
      }
    }
  }

  private void auditRates(
      FleetPolicy policy, Truth truth, FleetProgress after, List<Purchase> bought) {
    var since = market.instant().minus(WINDOW);
    var young =
        truth.staying(after).stream().filter(each -> each.launchedAt().isAfter(since)).toList();
    double utility = truth.utility(young) + utility(bought);
    if (policy
        .limits()
        .newUtility()
        .filter(most -> utility > most.amount() + EPSILON)
        .isPresent()) {
      auditor.blame("TooFast", utility + " within ten minutes: " + bought);
    }
    for (var purchase : bought) {
      var type = purchase.pool().type();
      long count =
          young.stream().filter(each -> each.pool().type().equals(type)).count()
              + bought.stream()
                  .filter(each -> each.pool().type().equals(type))
                  .mapToInt(Purchase::count)
                  .sum();
      if (count > policy.limits().perType().orElse(Integer.MAX_VALUE)) {
        auditor.blame("TooManyOfAType", count + " of " + type + " within ten minutes");
      }
    }
  }

  private void auditShares(
      FleetPolicy policy,
      Truth truth,
      FleetProgress after,
      List<Purchase> bought,
      List<Purchase> asked) {
    var all = new ArrayList<>(bought);
    all.addAll(asked);
    double total = truth.utility(truth.believed()) + utility(all);
    share(
        policy,
        truth,
        after,
        bought,
        total,
        pool -> pool.type().value(),
        policy.limits().sharePerType());
    share(
        policy,
        truth,
        after,
        bought,
        total,
        pool -> pool.zone().value(),
        policy.limits().sharePerZone());
  }

  private void share(
      FleetPolicy policy,
      Truth truth,
      FleetProgress after,
      List<Purchase> bought,
      double total,
      Function<Pool, String> part,
      double share) {
    for (var purchase : bought) {
      var name = part.apply(purchase.pool());
      var mine = bought.stream().filter(each -> part.apply(each.pool()).equals(name)).toList();
      double there =
          truth.utility(
              truth.staying(after).stream()
                  .filter(each -> part.apply(each.pool()).equals(name))
                  .toList());
      boolean small =
          truth.lowestPrice(purchase.pool()) <= share * policy.budget().dollars() + EPSILON
              || truth.utility(truth.staying(after)) < policy.floor().amount();
      double all = there + utility(mine);
      double one =
          mine.stream().mapToDouble(each -> truth.each(each.pool().type())).max().orElse(0);
      boolean butForOne = small && all - one <= share * total + EPSILON;
      if (all > share * total + EPSILON && !butForOne) {
        auditor.blame("TooMuchInOne", name + ": " + all + " of " + total + ": " + bought);
      }
    }
  }
}
