package dev.caretaker.fleet;

import dev.caretaker.fleet.ledger.Advice;
import dev.caretaker.fleet.ledger.Ledger;
import dev.caretaker.fleet.ledger.Member;
import dev.caretaker.fleet.model.Purchase;
import dev.caretaker.fleet.policy.FleetPolicy;
import dev.caretaker.kernel.Reason;
import dev.caretaker.kernel.UsdPerHour;
import dev.caretaker.kernel.Utility;
import java.util.Locale;

/** The arithmetic behind each purchase and each removal, as people read it. */
final class Sentences {
  private Sentences() {}

  static Reason bought(Purchase purchase, Ledger before, Utility wanted, UsdPerHour budget) {
    return new Reason(
        "Buy",
        String.format(
            Locale.ROOT,
            "%d x %s: %s of utility each for at most %s USD/h, %s for a dollar, the best that no"
                + " limit forbids; %s of %s USD/h were spent, %s of %s utility there",
            purchase.count(),
            purchase.pool(),
            purchase.each(),
            purchase.ceiling(),
            value(purchase.each().perDollar(purchase.ceiling())),
            before.spend(),
            budget,
            before.staying(),
            wanted));
  }

  static Reason overBudget(Member member, UsdPerHour spend, UsdPerHour budget) {
    return new Reason(
        "OverBudget",
        String.format(
            "%s goes: %s USD/h are %s over the budget of %s; it costs %s for %s of utility, %s",
            name(member),
            spend,
            spend.minus(budget),
            budget,
            member.today(),
            member.utility(),
            value(member.perDollar()) + " for a dollar, the worst that may go"));
  }

  static Reason surplus(Member member, Utility left, Utility wanted) {
    return new Reason(
        "Surplus",
        String.format(
            "%s goes: without its %s of utility %s stay, and %s are wanted; it costs %s USD/h",
            name(member), member.utility(), left, wanted, member.today()));
  }

  static Reason exchanged(Member member, Ledger after) {
    return new Reason(
        "Exchange",
        String.format(
            "%s goes: it gives %s of utility for a dollar; with better ones the fleet has %s of"
                + " utility for %s USD/h",
            name(member), value(member.perDollar()), after.staying(), after.spend()));
  }

  static Reason replaced(Member member, Advice advice, Basket basket, boolean beside) {
    return new Reason(
        "Replace",
        String.format(
            "%s is replaced: EC2 recommended at %s to move off it; with another the fleet has %s of"
                + " utility for %s USD/h%s",
            name(member),
            advice.at(),
            basket.ledger().staying(),
            basket.ledger().spend(),
            beside
                ? ", which is bought first"
                : ", which is bought then: there is no room for both"));
  }

  static Reason replacedUnfit(Member member, String pipeline, Basket basket, boolean beside) {
    var then =
        basket.isEmpty()
            ? "nothing takes its place now: no limit of the spec and no price leaves room for more"
            : String.format(
                "with another the fleet has %s of utility for %s USD/h%s",
                basket.ledger().staying(),
                basket.ledger().spend(),
                beside ? ", which is bought first" : ", which is bought then");
    return new Reason(
        "ReplaceUnfit",
        String.format(
            "%s is replaced: %s cannot use it, and it costs %s USD/h for its %s of utility; %s",
            name(member), pipeline, member.today(), member.utility(), then));
  }

  static Reason unfit(Member member, String pipeline, Utility left) {
    return new Reason(
        "Unfit",
        String.format(
            "%s goes: %s cannot use it; without it %s of utility are at work",
            name(member), pipeline, left));
  }

  static Reason absent(Member member, FleetPolicy policy) {
    return new Reason(
        "NotAtWork",
        String.format(
            "%s goes: it was not at work within %s; nothing of its pool is bought for %s",
            name(member), policy.joinWithin(), CoolingTimes.NOT_JOINED));
  }

  static Reason released(Member member) {
    return new Reason("Released", name(member) + " goes: its cluster proved it empty");
  }

  static Reason ending(Member member) {
    return new Reason("FleetEnds", name(member) + " goes: the fleet is deleted");
  }

  private static String name(Member member) {
    return member.id() + " (" + member.pool() + ")";
  }

  private static String value(double perDollar) {
    return String.format(Locale.ROOT, "%.1f", perDollar);
  }
}
