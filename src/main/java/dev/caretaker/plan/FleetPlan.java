package dev.caretaker.plan;

import dev.caretaker.fleet.ledger.Member;
import dev.caretaker.fleet.model.Purchase;
import dev.caretaker.kernel.Condition;
import dev.caretaker.kernel.Reason;
import dev.caretaker.kernel.Refusal;
import dev.caretaker.kernel.UsdPerHour;
import dev.caretaker.kernel.Utility;
import dev.caretaker.kernel.Verdict;
import java.util.ArrayList;
import java.util.List;

/**
 * What a fleet would buy and give back at its next look.
 *
 * @param fleet what the plan is for, for people: {@code namespace/name in us-west-2}
 * @param verdict what the decision comes to
 * @param refusals what speaks against all of it, with what would lift each
 * @param now what is there
 * @param then what is there when all of it is done
 * @param concerns conditions that tell of a trouble, as the status would have them
 * @param basis what the plan takes for granted, one sentence each
 */
public record FleetPlan(
    String fleet,
    Verdict verdict,
    List<Refusal> refusals,
    List<Buy> buys,
    List<Leave> leaves,
    Sum now,
    Sum then,
    Utility wanted,
    UsdPerHour budget,
    List<Condition> concerns,
    List<String> basis) {
  public FleetPlan {
    refusals = List.copyOf(refusals);
    buys = List.copyOf(buys);
    leaves = List.copyOf(leaves);
    concerns = List.copyOf(concerns);
    basis = List.copyOf(basis);
  }

  /** A purchase with its arithmetic. */
  public record Buy(Purchase purchase, Reason because) {}

  /**
   * A machine that goes, with the arithmetic.
   *
   * @param atOnce EC2 would be asked; else the cluster would be asked to let it go
   */
  public record Leave(Member member, boolean atOnce, Reason because) {}

  /** Machines in numbers; what is not there yet counts at its ceiling. */
  public record Sum(int machines, Utility utility, UsdPerHour spend) {}

  /** The same, with what else speaks against it. */
  public FleetPlan refused(List<Refusal> more) {
    var all = new ArrayList<>(refusals);
    all.addAll(more);
    return new FleetPlan(
        fleet, verdict, all, buys, leaves, now, then, wanted, budget, concerns, basis);
  }

  public Plan.Outcome outcome() {
    if (!refusals.isEmpty()) {
      return Plan.Outcome.BLOCKED;
    }
    return buys.isEmpty() && leaves.isEmpty() && verdict.kind() == Verdict.Kind.SETTLED
        ? Plan.Outcome.NOTHING_TO_DO
        : Plan.Outcome.CHANGES;
  }

  /** What comes of it, in one sentence. */
  public String headline() {
    return switch (outcome()) {
      case NOTHING_TO_DO -> "Nothing to do: " + verdict.reason().sentence();
      case BLOCKED -> "Blocked: " + refusals.get(0).sentence();
      case CHANGES ->
          buys.isEmpty() && leaves.isEmpty()
              ? verdict.reason().sentence()
              : "%s; then %s".formatted(String.join(", ", deeds()), numbers(then));
    };
  }

  private List<String> deeds() {
    var deeds = new ArrayList<String>();
    long bought = buys.stream().mapToInt(each -> each.purchase().count()).sum();
    long atOnce = leaves.stream().filter(Leave::atOnce).count();
    add(deeds, "%d to buy", bought);
    add(deeds, "%d to give back", atOnce);
    add(deeds, "%d to ask of the cluster", leaves.size() - atOnce);
    return deeds;
  }

  private static void add(List<String> deeds, String words, long count) {
    if (count > 0) {
      deeds.add(words.formatted(count));
    }
  }

  /** Such as {@code 2 machines, 20 of 20 utility for 0.06 of 1.00 USD/h}. */
  String numbers(Sum sum) {
    return "%d %s, %s of %s utility for %s of %s USD/h"
        .formatted(
            sum.machines(),
            sum.machines() == 1 ? "machine" : "machines",
            sum.utility(),
            wanted,
            sum.spend(),
            budget);
  }
}
