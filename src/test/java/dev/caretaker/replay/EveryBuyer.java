package dev.caretaker.replay;

import dev.caretaker.fleet.guard.FleetRules;
import dev.caretaker.fleet.guard.PurchaseQuestion;
import dev.caretaker.fleet.guard.Situation;
import dev.caretaker.fleet.ledger.Ledger;
import dev.caretaker.fleet.ledger.Member;
import dev.caretaker.fleet.ledger.Offer;
import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.fleet.model.Pool;
import dev.caretaker.fleet.model.Quote;
import dev.caretaker.kernel.Observed;
import dev.caretaker.kernel.UsdPerHour;
import dev.caretaker.kernel.Utility;
import dev.caretaker.replay.SmallMarket.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All fleets that anybody could have in a small market: whoever buys what the fleet's own rules
 * allow, in any order, and gives back or loses anything at any time. A fleet that stands is within
 * the budget, or would be below its floor without its smallest machine.
 */
final class EveryBuyer {
  private static final Instant START = Instant.parse("2026-01-10T00:00:00Z");

  private final SmallMarket market;
  private final FleetRules rules = FleetRules.standard();
  private Set<List<Held>> fleets = new HashSet<>(List.of(List.of()));
  private Duration last = Duration.ZERO;

  /** A machine, and for how long it counts as bought lately. */
  private record Held(Pool pool, int recentMinutes) implements Comparable<Held> {
    private static final Comparator<Held> ORDER =
        Comparator.comparing(Held::pool).thenComparing(Held::recentMinutes);

    @Override
    public int compareTo(Held other) {
      return ORDER.compare(this, other);
    }
  }

  EveryBuyer(SmallMarket market) {
    this.market = market;
  }

  /** The most useful utility of any fleet that stands at a moment; moments come in their order. */
  double most(Moment moment) {
    int passed = (int) moment.since().minus(last).toMinutes();
    last = moment.since();
    var reached = new HashSet<List<Held>>();
    fleets.forEach(fleet -> reached.add(older(fleet, passed)));
    var toDo = new ArrayDeque<>(reached);
    while (!toDo.isEmpty()) {
      for (var next : nextTo(toDo.remove(), moment)) {
        if (reached.add(next)) {
          toDo.add(next);
        }
      }
    }
    reached.removeIf(fleet -> !stands(fleet, moment));
    fleets = reached;
    double wanted = wanted().amount();
    return fleets.stream()
        .mapToDouble(fleet -> Math.min(wanted, utility(fleet).amount()))
        .max()
        .orElse(0);
  }

  private static List<Held> older(List<Held> fleet, int minutes) {
    return fleet.stream()
        .map(each -> new Held(each.pool(), Math.max(0, each.recentMinutes() - minutes)))
        .sorted()
        .toList();
  }

  /** One machine less, or one more. */
  private List<List<Held>> nextTo(List<Held> fleet, Moment moment) {
    var next = new ArrayList<List<Held>>();
    for (var gone : new HashSet<>(fleet)) {
      var fewer = new ArrayList<>(fleet);
      fewer.remove(gone);
      next.add(List.copyOf(fewer));
    }
    var members = members(fleet, moment);
    var now = START.plus(moment.since());
    var situation =
        new Situation(
            market.policy(),
            members,
            Observed.unknown("there is none"),
            Map.of(),
            Map.of(),
            Instant.EPOCH,
            wanted(),
            now);
    var ledger = Ledger.of(members, List.of(), now);
    moment
        .prices()
        .forEach(
            (pool, price) -> {
              var offer = new Offer(new Quote(pool, price, price), "subnet-0", each(pool), price);
              if (rules.against(new PurchaseQuestion(situation, ledger, offer)).isEmpty()) {
                var more = new ArrayList<>(fleet);
                more.add(new Held(pool, countsRecent() ? (int) Ledger.RECENT.toMinutes() : 0));
                more.sort(null);
                next.add(List.copyOf(more));
              }
            });
    return next;
  }

  /** Without limits of growth it is of no matter when a machine was bought. */
  private boolean countsRecent() {
    var limits = market.policy().limits();
    return limits.newUtility().isPresent() || limits.perType().isPresent();
  }

  private Collection<Member> members(List<Held> fleet, Moment moment) {
    var now = START.plus(moment.since());
    var members = new ArrayList<Member>();
    for (var held : fleet) {
      var price = moment.prices().getOrDefault(held.pool(), UsdPerHour.ZERO);
      var age = Ledger.RECENT.minusMinutes(held.recentMinutes());
      members.add(
          new Member(
              new InstanceId("i-" + members.size()),
              new Quote(held.pool(), price, price),
              each(held.pool()),
              now.minus(age),
              Member.Standing.AT_WORK,
              true));
    }
    return members;
  }

  private boolean stands(List<Held> fleet, Moment moment) {
    var spend =
        fleet.stream()
            .map(held -> moment.prices().getOrDefault(held.pool(), UsdPerHour.ZERO))
            .reduce(UsdPerHour.ZERO, UsdPerHour::plus);
    if (!spend.isMoreThan(market.policy().budget())) {
      return true;
    }
    var smallest = fleet.stream().map(held -> each(held.pool())).min(Comparator.naturalOrder());
    return market.policy().floor().isMoreThan(utility(fleet).less(smallest.orElse(Utility.ZERO)));
  }

  private Utility utility(List<Held> fleet) {
    return fleet.stream().map(held -> each(held.pool())).reduce(Utility.ZERO, Utility::plus);
  }

  private Utility each(Pool pool) {
    return market.worth().getOrDefault(pool.type(), Utility.ZERO);
  }

  private Utility wanted() {
    var policy = market.policy();
    return policy.demand().orElse(Utility.ZERO).or(policy.floor());
  }
}
