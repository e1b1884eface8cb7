package dev.caretaker.fleet;

import dev.caretaker.fleet.guard.Situation;
import dev.caretaker.fleet.ledger.Member;
import dev.caretaker.fleet.policy.FleetPolicy;
import dev.caretaker.kernel.Condition;
import dev.caretaker.kernel.Reason;
import dev.caretaker.kernel.Utility;
import dev.caretaker.kernel.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** What people and tools are told about a fleet; rebuilt from nothing each time. */
final class FleetConditions {
  private final Situation situation;
  private final FleetSummary summary;
  private final Verdict verdict;
  private final String why;
  private final Optional<Reason> demandNotKnown;

  /**
   * Conditions of one decision.
   *
   * @param why no more is bought
   * @param demandNotKnown why nobody knows how much is wanted; empty where it is known
   */
  FleetConditions(
      Situation situation,
      FleetSummary summary,
      Verdict verdict,
      String why,
      Optional<Reason> demandNotKnown) {
    this.situation = situation;
    this.summary = summary;
    this.verdict = verdict;
    this.why = why;
    this.demandNotKnown = demandNotKnown;
  }

  List<Condition> all() {
    var reason = verdict.reason();
    boolean rests = verdict.kind() == Verdict.Kind.SETTLED;
    boolean blocked = verdict.kind() == Verdict.Kind.BLOCKED && !situation.policy().paused();
    boolean moves = verdict.kind() == Verdict.Kind.ACTING || verdict.kind() == Verdict.Kind.WAITING;
    boolean enough = !situation.wanted().isMoreThan(summary.running());
    return List.of(
        truth("Ready", rests || enough, reason.code(), reason.sentence()),
        withinBudget(),
        demandMet(),
        concentrated(),
        floorReached(),
        truth("Reconciling", moves, reason.code(), reason.sentence()),
        truth("Stalled", blocked, reason.code(), reason.sentence()),
        paused(situation.policy()));
  }

  static Condition paused(FleetPolicy policy) {
    return policy.paused()
        ? Condition.yes("Paused", "SpecPaused", "spec.paused is true")
        : Condition.no("Paused", "NotPaused", "nothing is paused");
  }

  private Condition withinBudget() {
    if (summary.excess().isEmpty()) {
      return Condition.yes(
          "WithinBudget",
          "WithinBudget",
          summary.spend() + " of " + situation.policy().budget() + " USD/h are spent");
    }
    var code =
        switch (summary.excess().get()) {
          case SAFETY -> "SafetyOutranksBudget";
          case STUCK -> "ReleaseStuck";
          case FLOOR -> "FloorOutranksBudget";
          case SPEC -> "SpecForbidsShrinking";
          case STRIPPED -> "TagsStripped";
          case NONE -> "Shedding";
        };
    return Condition.no("WithinBudget", code, overBudget(situation, summary));
  }

  static String overBudget(Situation situation, FleetSummary summary) {
    var numbers =
        summary.spend() + " USD/h are spent, the budget is " + situation.policy().budget() + ": ";
    return numbers
        + summary
            .excess()
            .map(
                excess ->
                    switch (excess) {
                      case SAFETY ->
                          "machines with data leave only once the cluster has released them";
                      case STUCK ->
                          "the cluster does not let go of what it is asked for; the EsCluster"
                              + " says why";
                      case FLOOR ->
                          "the floor of "
                              + situation.policy().floorNow()
                              + " of utility costs more; lower the floor or raise the budget";
                      case SPEC -> "spec.shrink or spec.paused keeps every machine";
                      case STRIPPED -> "what runs has lost the fleet's tag; see TagsKept";
                      case NONE -> "the worst value is given back";
                    })
            .orElse("");
  }

  private Condition demandMet() {
    if (demandNotKnown.isPresent()) {
      var reason = demandNotKnown.get();
      return Condition.unknown("DemandMet", reason.code(), reason.sentence());
    }
    if (!situation.wanted().isMoreThan(summary.running())) {
      return Condition.yes(
          "DemandMet",
          "DemandMet",
          summary.running() + " of " + situation.wanted() + " of utility are at work");
    }
    return situation.wanted().isMoreThan(summary.running().plus(summary.pending()))
        ? Condition.no("DemandMet", "GivesWay", why)
        : Condition.no("DemandMet", "OnTheirWay", "machines are on their way to work");
  }

  private Condition concentrated() {
    var limits = situation.policy().limits();
    var found = new ArrayList<String>();
    found.addAll(above(limits.sharePerType(), each -> each.pool().type().toString()));
    found.addAll(above(limits.sharePerZone(), each -> each.pool().zone().toString()));
    return found.isEmpty()
        ? Condition.no("Concentrated", "Spread", "no type and no zone holds more than its share")
        : Condition.yes(
            "Concentrated",
            "TooMuchInOne",
            String.join(", ", found)
                + ": more than the spec's share; name more types or subnets, or allow more");
  }

  private List<String> above(double share, Function<Member, String> of) {
    var parts = new TreeMap<String, Utility>();
    var all = Utility.ZERO;
    for (var member : summary.members()) {
      if (member.stays()) {
        parts.merge(of.apply(member), member.utility(), Utility::plus);
        all = all.plus(member.utility());
      }
    }
    var found = new ArrayList<String>();
    for (var part : parts.entrySet()) {
      double is = part.getValue().amount() / Math.max(all.amount(), 1e-9);
      if (is > share + 1e-9) {
        found.add(part.getKey() + " holds " + Math.round(100 * is) + " %");
      }
    }
    return found;
  }

  private Condition floorReached() {
    var floor = situation.floor();
    return floor.isMoreThan(summary.running())
        ? Condition.no(
            "FloorReached",
            "BelowFloor",
            summary.running() + " of the floor of " + floor + " are at work; " + why)
        : Condition.yes(
            "FloorReached", "FloorReached", "the floor is " + situation.policy().floorNow());
  }

  static Condition truth(String type, boolean is, String code, String sentence) {
    return is ? Condition.yes(type, code, sentence) : Condition.no(type, code, sentence);
  }
}
