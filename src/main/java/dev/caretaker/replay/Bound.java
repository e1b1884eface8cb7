package dev.caretaker.replay;

import dev.caretaker.fleet.ledger.Ledger;
import dev.caretaker.fleet.model.MachineType;
import dev.caretaker.fleet.model.Pool;
import dev.caretaker.fleet.policy.FleetPolicy;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The most utility that any buyer could have at one moment under the limits of a spec, who knew all
 * prices and changed machines for nothing.
 *
 * <p>Shares bind purchases, not what is there: machines that were bought within their shares stay
 * when EC2 takes others or when others are given back, and then hold more. So a bound that keeps
 * the shares of the moment is not one. But whoever bought the last machine of a part, a type or a
 * zone, held no more of it than its share of the fleet as it was then, and a part of that machine
 * ({@code PurchaseQuestion}); and that fleet was no larger than the bound of then. So a part never
 * holds more than its share of {@code peak}, the largest fleet that anybody could have had since
 * the beginning, or of the fleet of now where that is larger. This is asked moment after moment, in
 * their order.
 *
 * <p>A first bound are machines in fractions, as {@link SharePrices} value them; {@link
 * WholeFleets} says what whole ones come to.
 */
final class Bound {
  /** The prices of the shares are found for a size of the fleet, which they change a little. */
  private static final int ROUNDS = 4;

  /** Fleets of whole machines are looked for down to this part of a bound, and then again. */
  private static final double NEAR = 0.985;

  private final FleetPolicy policy;
  private final Map<MachineType, Double> utility;
  private final TreeSet<Pool> held = new TreeSet<>();
  private final Slack slack;
  private Map<Pool, Double> lastPrices = Map.of();
  private double last;
  private Question asked = new Question(Map.of(), 0, 0);
  private double answer;
  private double peak;

  /** Most changes of prices are of pools that nobody would have. */
  private record Question(Map<Pool, Double> prices, double fleet, double atMost) {}

  Bound(FleetPolicy policy, Map<MachineType, Double> utility) {
    this.policy = policy;
    this.utility = utility;
    this.slack = new Slack(policy.limits());
  }

  /**
   * At these prices, so long after a fleet has begun with nothing; moments are asked about in their
   * order.
   */
  double at(SortedMap<Pool, Double> prices, Duration since) {
    if (!prices.equals(lastPrices)) {
      lastPrices = new TreeMap<>(prices);
      mayBeBought(prices);
      last = atLeastTheFloor(most(prices));
    }
    long lots = since.dividedBy(Ledger.RECENT) + 1;
    double bought =
        policy.limits().newUtility().map(each -> each.amount() * lots).orElse(Double.MAX_VALUE);
    double most = Math.min(Math.min(bought, last), wanted() + slack.most());
    peak = Math.max(peak, most);
    return Math.min(most, wanted());
  }

  private double each(Pool pool) {
    return utility.getOrDefault(pool.type(), 0.0);
  }

  /** More than is wanted is worth nothing, and only one machine goes beyond it. */
  private double wanted() {
    return policy
        .demand()
        .map(wanted -> wanted.or(policy.floor()).amount())
        .orElse(Double.MAX_VALUE);
  }

  /** The floor outranks the budget, up to the machine that reaches it. */
  private double atLeastTheFloor(double most) {
    return policy.floor().isZero() ? most : Math.max(most, policy.floor().amount() + slack.most());
  }

  /** What may be bought at these prices, and so may be held at all later ones. */
  private void mayBeBought(SortedMap<Pool, Double> prices) {
    double most =
        policy.prices().mostPerUtility().map(each -> each.dollars()).orElse(Double.MAX_VALUE);
    var worth = new TreeMap<Pool, Double>();
    prices.forEach(
        (pool, price) -> {
          if (each(pool) > 0 && price > 0 && price <= most * each(pool) * (1 + 1e-9)) {
            worth.put(pool, price);
          }
        });
    double best =
        worth.entrySet().stream()
            .mapToDouble(entry -> each(entry.getKey()) / entry.getValue())
            .max()
            .orElse(0);
    worth.forEach(
        (pool, price) -> {
          if (fits(pool, price, best)) {
            held.add(pool);
            slack.count(pool, each(pool));
          }
        });
  }

  /**
   * A machine that no limit ever lets in is no choice, not even in parts: it is more than may be
   * bought at once, or both its money and its utility are more than a share.
   */
  private boolean fits(Pool pool, double price, double best) {
    var limits = policy.limits();
    if (limits.newUtility().filter(limit -> each(pool) > limit.amount()).isPresent()) {
      return false;
    }
    double budget = policy.budget().dollars();
    double share = Math.min(limits.sharePerType(), limits.sharePerZone());
    boolean small = price <= share * budget || each(pool) <= share * best * budget;
    return !policy.floor().isZero() || (price <= budget && small);
  }

  private double most(Map<Pool, Double> prices) {
    var choices = held.stream().filter(prices::containsKey).toList();
    if (choices.isEmpty()) {
      return 0;
    }
    var market = new SharePrices.Choices(policy.budget().dollars(), choices, prices, utility);
    double least = SharePrices.FREE.most(market, slack, peak);
    var best = SharePrices.FREE;
    for (int i = 0; i < ROUNDS; i++) {
      var shares = SharePrices.of(market, slack, Math.max(peak, least));
      double most = shares.most(market, slack, peak);
      if (most > least * (1 - 1e-5)) {
        break;
      }
      least = most;
      best = shares;
    }
    return best.prices().isEmpty() ? least : whole(market, best, least);
  }

  /** The same with whole machines. */
  private double whole(SharePrices.Choices market, SharePrices shares, double atMost) {
    double least = atMost;
    for (int i = 0; i < ROUNDS; i++) {
      double fleet = Math.max(peak, least);
      double atLeast = NEAR * least;
      var near = market.only(shares.worthHolding(atLeast, market, slack, fleet));
      double most = answer(near, shares.limits(market, slack, fleet), fleet, least);
      least = Math.min(least, Math.max(atLeast, most));
      if (most > atLeast && Math.max(peak, least) > fleet * (1 - 1e-5)) {
        break;
      }
    }
    return least;
  }

  private double answer(
      SharePrices.Choices near, WholeFleets.Limit limit, double fleet, double atMost) {
    var prices = new TreeMap<Pool, Double>();
    near.pools().forEach(pool -> prices.put(pool, near.price(pool)));
    var question = new Question(prices, fleet, atMost);
    if (!question.equals(asked)) {
      asked = question;
      answer = WholeFleets.most(near, limit, atMost).orElse(atMost);
    }
    return answer;
  }
}
