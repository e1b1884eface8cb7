package dev.caretaker.fleet;

import dev.caretaker.fleet.guard.Situation;
import dev.caretaker.fleet.ledger.Ledger;
import dev.caretaker.fleet.ledger.Member;
import dev.caretaker.fleet.ledger.Member.Standing;
import dev.caretaker.fleet.ledger.Offer;
import dev.caretaker.fleet.model.Pool;
import dev.caretaker.kernel.Utility;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

  /** So much of the fleet is exchanged at once; the next when that is at work. */
  private static final double AT_ONCE = 0.2;

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
    var before = roster.ledger();
    var basket = buying.plan(situation, without(given), offers);
    if (basket.isEmpty()) {
      // What is merely too much is no exchange: whether it may go is asked elsewhere.
      return nothing;
    }
    if (fitsBeside(given, basket.ledger())) {
      // What goes already counts as gone, so the next of them waits for the next look.
      if (given.size() == 1 && isWorthIt(given, before, basket.ledger())) {
        given.forEach(each -> remembering.outgoing.put(each.id(), situation.now()));
        return basket;
      }
      return nothing;
    }
    var after = comesTo(without(given));
    if (isWorthIt(given, before, after)) {
      shedding.exchange(given, member -> Sentences.exchanged(member, after));
    }
    return nothing;
  }

  /**
   * Each of these gains something by itself, at the prices that run now. Machines of one pool are
   * alike: one that gains nothing speaks for all.
   */
  private List<Member> toGive() {
    var running = offers.stream().map(Offer::running).toList();
    var given = new ArrayList<Member>();
    var utility = Utility.ZERO;
    var before = roster.ledger();
    var alike = new TreeSet<Pool>();
    for (var member : candidates()) {
      if (alike.contains(member.pool())) {
        continue;
      }
      given.add(member);
      var after = buying.plan(situation, without(given), running).ledger();
      boolean few = given.size() == 1 || utility.plus(member.utility()).amount() <= most();
      if (few && isBetter(List.of(member), before, after)) {
        before = after;
        utility = utility.plus(member.utility());
      } else {
        given.remove(member);
        alike.add(member.pool());
      }
    }
    return given;
  }

  /**
   * Utility of several at once; where demand is met there is time for one after the other. What may
   * be bought within ten minutes is also for what EC2 takes away.
   */
  private double most() {
    double part = AT_ONCE * roster.ledger().staying().amount();
    if (!situation.wanted().isMoreThan(roster.ledger().staying())) {
      return 0;
    }
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
  private boolean isBetter(List<Member> given, Ledger before, Ledger after) {
    double worth = given.stream().mapToDouble(each -> each.utility().amount()).sum();
    double saved = before.spend().dollars() - after.spend().dollars();
    double gained = useful(after) - useful(before);
    return gained + saved * before.staying().perDollar(before.spend()) > GAIN * worth;
  }

  private boolean isWorthIt(List<Member> given, Ledger before, Ledger after) {
    return useful(after) >= useful(before) && isBetter(given, before, after);
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
