package dev.caretaker.fleet;

import dev.caretaker.fleet.guard.Situation;
import dev.caretaker.fleet.ledger.Advice;
import dev.caretaker.fleet.ledger.Ledger;
import dev.caretaker.fleet.ledger.Member;
import dev.caretaker.fleet.ledger.Member.Standing;
import dev.caretaker.fleet.ledger.Offer;
import dev.caretaker.fleet.model.Pool;
import dev.caretaker.kernel.Reason;
import dev.caretaker.kernel.Refusal;
import dev.caretaker.kernel.Utility;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Replaces machines that EC2 recommends to move off or that a pipeline cannot use, one in each
 * decision. Where the budget has room for both, the new one is bought first; else the old one goes
 * first, and only for as much.
 */
final class Replacing {
  static final String NOTHING_ELSEWHERE = "NothingElsewhere";

  /** Of the utility of a machine, for less risk: two prices seldom meet. */
  private static final double AT_MOST_LOST = 0.1;

  private final Buying buying;
  private final Situation situation;
  private final Roster roster;
  private final List<Offer> offers;

  Replacing(Buying buying, Situation situation, Roster roster, List<Offer> offers) {
    this.buying = buying;
    this.situation = situation;
    this.roster = roster;
    this.offers = offers;
  }

  /** What to buy first; empty where nothing is, whether or not a machine goes. */
  Basket replace(Shedding shedding, Remembering remembering) {
    var nothing = new Basket(Map.of(), roster.ledger());
    if (!mayReplace()) {
      return nothing;
    }
    var elsewhere = elsewhere();
    for (var member : candidates()) {
      var basket = buying.plan(situation, roster.ledger().without(member), elsewhere);
      if (!situation.isUnfit(member.id()) && !isAsGood(member, basket.ledger())) {
        shedding.refuse(nothingElsewhere(member));
        continue;
      }
      boolean beside = fitsBeside(member, basket) && !isMerelyDropped(member, basket);
      var because = because(member, basket, beside);
      if (beside ? shedding.mayPrepare(member) : shedding.replace(member, because)) {
        follow(member, remembering);
        if (beside) {
          remembering.tell(because);
          remembering.outgoing.put(member.id(), situation.now());
          return basket;
        }
        return nothing;
      }
    }
    return nothing;
  }

  /** What does no work goes, whether or not something can be bought in its place. */
  private boolean isMerelyDropped(Member member, Basket basket) {
    return situation.isUnfit(member.id()) && basket.isEmpty();
  }

  private Reason because(Member member, Basket basket, boolean beside) {
    var advice = advice(member);
    return advice
        .pipeline()
        .map(pipeline -> Sentences.replacedUnfit(member, pipeline, basket, beside))
        .orElseGet(() -> Sentences.replaced(member, advice, basket, beside));
  }

  /** While the outcome of a purchase is not known, nobody knows what would be bought. */
  private boolean mayReplace() {
    return roster.asked().isEmpty()
        && !roster.spendOf(Member::costs).isMoreThan(situation.policy().budget());
  }

  /** Its neighbours would be as likely to go. */
  private List<Offer> elsewhere() {
    Set<Pool> advised =
        roster.own().stream()
            .filter(each -> situation.advice(each.id()).filter(Advice::isOfEc2).isPresent())
            .map(Member::pool)
            .collect(Collectors.toSet());
    return offers.stream().filter(each -> !advised.contains(each.pool())).toList();
  }

  private List<Member> candidates() {
    return roster.own().stream()
        .filter(each -> each.standing() == Standing.AT_WORK)
        .filter(each -> situation.advised().containsKey(each.id()))
        .filter(each -> !situation.isFollowed(each.id()))
        .sorted(Comparator.comparing(this::advisedAt).thenComparing(Member::id))
        .toList();
  }

  private Advice advice(Member member) {
    return situation
        .advice(member.id())
        .orElseThrow(() -> new IllegalStateException("only advised machines are replaced"));
  }

  private Instant advisedAt(Member member) {
    return advice(member).at();
  }

  private boolean isAsGood(Member member, Ledger after) {
    double lost = roster.ledger().staying().amount() - after.staying().amount();
    return lost <= AT_MOST_LOST * member.utility().amount();
  }

  private boolean fitsBeside(Member member, Basket basket) {
    var after = basket.ledger();
    return !after.spend().plus(member.today()).isMoreThan(situation.policy().budget())
        && situation.mayHaveOneMore(after);
  }

  /**
   * A machine that works goes once as much is at work without it, and its pool is left alone until
   * then; one that is of no use need not wait for that.
   */
  private void follow(Member member, Remembering remembering) {
    boolean unfit = situation.isUnfit(member.id());
    double lost = (unfit ? 1 : AT_MOST_LOST) * member.utility().amount();
    var working = roster.utilityOf(each -> each.standing() == Standing.AT_WORK).amount();
    var keeps = Utility.of(Math.max(0, working - lost));
    remembering.advised.put(member.id(), advice(member).followed(situation.now(), keeps));
    if (!unfit) {
      remembering.cool(member.pool(), CoolingTimes.ADVISED, "EC2's advice to leave them");
    }
  }

  private static Refusal nothingElsewhere(Member member) {
    return new Refusal(
        NOTHING_ELSEWHERE,
        member.id() + " stays: no other pool has as much for what the budget leaves",
        List.of(member.id().value()),
        "more types or subnets, or a higher spec.budget.usdPerHour");
  }
}
