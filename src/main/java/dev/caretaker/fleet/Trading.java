package dev.caretaker.fleet;

import dev.caretaker.fleet.guard.Situation;
import dev.caretaker.fleet.ledger.Ledger;
import dev.caretaker.fleet.ledger.Member;
import dev.caretaker.fleet.ledger.Member.Standing;
import dev.caretaker.fleet.ledger.Offer;
import dev.caretaker.kernel.Utility;
import java.time.Duration;
import java.util.List;
import java.util.Map;

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

  /** The worst ones tell whether anything is to gain; each costs a plan. */
  private static final int LOOKED_AT = 12;

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
    if (!mayTrade()) {
      return nothing;
    }
    var ledger = roster.ledger();
    var traded = Utility.ZERO;
    for (var member : candidates()) {
      if (traded.amount() > AT_ONCE * roster.ledger().staying().amount()) {
        break;
      }
      var without = ledger.without(member);
      var basket = buying.plan(situation, without, offers);
      if (!isBetter(member, ledger, basket)) {
        continue;
      }
      if (fitsBeside(member, basket.ledger())) {
        if (!traded.isZero()) {
          // What goes already is counted as gone here, so this one waits for the next look.
          break;
        }
        remembering.outgoing.put(member.id(), situation.now());
        return basket;
      }
      if (shedding.exchange(member, Sentences.exchanged(member, basket))) {
        ledger = basket.ledger();
        traded = traded.plus(member.utility());
      }
    }
    return nothing;
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
        .limit(LOOKED_AT)
        .toList();
  }

  /** As much for clearly less money, or clearly more within the budget. */
  private boolean isBetter(Member member, Ledger before, Basket basket) {
    var after = basket.ledger();
    if (basket.isEmpty()) {
      return false;
    }
    double gained = after.staying().amount() - before.staying().amount();
    double saved = before.spend().dollars() - after.spend().dollars();
    boolean enough = !situation.wanted().isMoreThan(after.staying());
    return enough
        ? saved > GAIN * member.today().dollars()
        : gained > GAIN * member.utility().amount();
  }

  private boolean fitsBeside(Member member, Ledger after) {
    return !after.spend().plus(member.today()).isMoreThan(situation.policy().budget());
  }
}
