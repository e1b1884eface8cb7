package dev.caretaker.fleet;

import dev.caretaker.fleet.guard.Situation;
import dev.caretaker.fleet.ledger.Ledger;
import dev.caretaker.fleet.ledger.Member;
import dev.caretaker.fleet.ledger.Member.Standing;
import dev.caretaker.fleet.ledger.Offer;
import dev.caretaker.fleet.model.Pool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Gives machines without data back for better ones, when that gains enough to be worth a start.
 * Where the budget has room for both, the better one is bought first and the old one is surplus.
 */
final class Trading {
  /** Less is not worth a start, and would follow every ripple of the prices. */
  private static final double GAIN = 0.02;

  /** A machine that is younger was the best choice a moment ago. */
  private static final Duration OLD_ENOUGH = Duration.ofMinutes(30);

  /**
   * So much of the fleet is exchanged at once; the next when that is at work. In a fleet of few
   * machines two must be able to go together, or their money buys none of another size.
   */
  private static final double AT_ONCE = 1 / 3.0;

  /** What is bought is topped up as often as this, while anything fits. */
  private static final int ROUNDS = 12;

  private final Buying buying;
  private final Situation situation;
  private final Roster roster;
  private final List<Offer> offers;

  Trading(Buying buying, Situation situation, Roster roster, List<Offer> offers) {
    this.buying = buying;
    this.situation = situation;
    this.roster = roster;
    this.offers = offers;
  }

  /** What to buy beforehand; empty where nothing is gained or the budget has no room for it. */
  Basket giveBack(Shedding shedding, Remembering remembering) {
    var nothing = new Basket(Map.of(), roster.ledger());
    var given = mayTrade() ? toGive() : List.<Member>of();
    if (given.isEmpty()) {
      return nothing;
    }
    var basket = buying.plan(situation, without(given), offers);
    if (!fitsBeside(given, basket.ledger())) {
      var after = comesTo(without(given));
      shedding.exchange(given, member -> Sentences.exchanged(member, after));
      return nothing;
    }
    // What goes already counts as gone, so the next of them waits for the next look.
    if (given.size() == 1 && !basket.isEmpty()) {
      given.forEach(each -> remembering.outgoing.put(each.id(), situation.now()));
      return basket;
    }
    return nothing;
  }

  /** Of the parts of what is too much that may go at once, the one that gains most. */
  private List<Member> toGive() {
    var before = roster.ledger();
    var best = List.<Member>of();
    double most = 0;
    for (var given : parts(tooMuch())) {
      var after = comesTo(without(given));
      double gain = gain(given, before, after);
      if (gain > most && useful(after) >= useful(before)) {
        best = given;
        most = gain;
      }
    }
    return best;
  }

  /**
   * Machines that a fleet would not have that is bought anew at the prices that run now, the worst
   * first. So all limits are asked about together: a better machine in one zone may have room in
   * its share only with a better one in another.
   */
  private List<Member> tooMuch() {
    var candidates = candidates();
    var running = offers.stream().map(Offer::running).toList();
    var wanted = new TreeMap<Pool, Integer>();
    buying
        .planAnew(situation, without(candidates), running)
        .counts()
        .forEach((offer, count) -> wanted.put(offer.pool(), count));
    var result = new ArrayList<Member>();
    for (var member : candidates) {
      if (wanted.merge(member.pool(), -1, Integer::sum) < 0) {
        result.add(member);
      }
    }
    return result;
  }

  /** Few and many of the worst; where demand is met there is time for one after the other. */
  private List<List<Member>> parts(List<Member> tooMuch) {
    var parts = new ArrayList<List<Member>>();
    if (!situation.wanted().isMoreThan(roster.ledger().staying())) {
      var pools = new TreeSet<Pool>();
      tooMuch.stream().filter(each -> pools.add(each.pool())).map(List::of).forEach(parts::add);
      return parts;
    }
    addFewAndMany(tooMuch, parts);
    addFewAndMany(oneOfEachPool(tooMuch), parts);
    return parts;
  }

  /**
   * One of each pool, then a second of each: where a type and a zone are both full, another type
   * has room in that zone only when one of either goes.
   */
  private static List<Member> oneOfEachPool(List<Member> worstFirst) {
    var before = new TreeMap<Pool, Integer>();
    var rank = new HashMap<Member, Integer>();
    worstFirst.forEach(each -> rank.put(each, before.merge(each.pool(), 1, Integer::sum)));
    return worstFirst.stream()
        .sorted(Comparator.comparingInt(each -> rank.getOrDefault(each, 0)))
        .toList();
  }

  private void addFewAndMany(List<Member> order, List<List<Member>> parts) {
    double most = most();
    double utility = 0;
    int next = 1;
    for (int i = 1; i <= order.size(); i++) {
      utility += order.get(i - 1).utility().amount();
      boolean last = i == order.size() || utility + order.get(i).utility().amount() > most;
      if (i == next || last) {
        parts.add(order.subList(0, i));
        next *= 2;
      }
      if (last) {
        break;
      }
    }
  }

  /** Utility of several at once. What may be bought in ten minutes is also for what EC2 takes. */
  private double most() {
    double part = AT_ONCE * roster.ledger().staying().amount();
    var limit = situation.policy().limits().newUtility();
    return limit.map(each -> Math.min(part, each.amount() / 2)).orElse(part);
  }

  private Ledger without(List<Member> given) {
    var ledger = roster.ledger();
    for (var member : given) {
      ledger = ledger.without(member);
    }
    return ledger;
  }

  /** What is asked for counts at its ceiling and leaves room once it runs, which buys more. */
  private Ledger comesTo(Ledger start) {
    var ledger = start;
    for (int i = 0; i < ROUNDS; i++) {
      var basket = buying.plan(situation, ledger, offers);
      if (basket.isEmpty()) {
        break;
      }
      for (var bought : basket.counts().entrySet()) {
        for (int j = 0; j < bought.getValue(); j++) {
          ledger = ledger.with(bought.getKey().running());
        }
      }
    }
    return ledger;
  }

  private boolean mayTrade() {
    return !situation.policy().stateful()
        && roster.asked().isEmpty()
        && roster.own().stream().allMatch(each -> each.standing() == Standing.AT_WORK);
  }

  private List<Member> candidates() {
    double best = offers.isEmpty() ? 0 : offers.get(0).perDollar();
    var young = situation.now().minus(OLD_ENOUGH);
    return roster.own().stream()
        .filter(each -> each.perDollar() * (1 + GAIN) < best && each.since().isBefore(young))
        .sorted(Member.WORST_FIRST)
        .toList();
  }

  /**
   * Clearly more, or as much for clearly less: money that is saved is worth what the fleet has for
   * it on average, because the next machines are bought with it.
   */
  private double gain(List<Member> given, Ledger before, Ledger after) {
    double worth = given.stream().mapToDouble(each -> each.utility().amount()).sum();
    double saved = before.spend().dollars() - after.spend().dollars();
    double gained = useful(after) - useful(before);
    return gained + saved * before.staying().perDollar(before.spend()) - GAIN * worth;
  }

  /** More than is wanted is worth nothing. */
  private double useful(Ledger ledger) {
    return Math.min(ledger.staying().amount(), situation.wanted().amount());
  }

  private boolean fitsBeside(List<Member> given, Ledger after) {
    var both = after.spend();
    for (var member : given) {
      both = both.plus(member.today());
    }
    return !both.isMoreThan(situation.policy().budget());
  }
}
