package dev.caretaker.fleet;

import dev.caretaker.fleet.guard.FleetRules;
import dev.caretaker.fleet.guard.MachineIsReleased;
import dev.caretaker.fleet.guard.RemovalQuestion;
import dev.caretaker.fleet.guard.RemovalQuestion.Cause;
import dev.caretaker.fleet.guard.RemovalQuestion.Step;
import dev.caretaker.fleet.guard.Situation;
import dev.caretaker.fleet.ledger.Advice;
import dev.caretaker.fleet.ledger.Member;
import dev.caretaker.fleet.ledger.Member.Standing;
import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.fleet.policy.FleetPolicy;
import dev.caretaker.kernel.Reason;
import dev.caretaker.kernel.Refusal;
import dev.caretaker.kernel.UsdPerHour;
import dev.caretaker.kernel.Utility;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/** Chooses the machines that go, and collects what speaks against it. */
final class Shedding {
  /** Demand that falls for a moment takes no machine away. */
  private static final Duration SURPLUS_STANDS = Duration.ofMinutes(10);

  private final FleetRules rules;
  private final Situation situation;
  private final Roster roster;
  private final List<Removal> removals = new ArrayList<>();
  private final TreeSet<InstanceId> leaving = new TreeSet<>();
  private final List<Refusal> refusals = new ArrayList<>();

  Shedding(FleetRules rules, Situation situation, Roster roster) {
    this.rules = rules;
    this.situation = situation;
    this.roster = roster;
  }

  List<Removal> removals() {
    return List.copyOf(removals);
  }

  List<Refusal> refusals() {
    return List.copyOf(refusals);
  }

  /** Whom nobody needs: what its workload let go, what never came to work. */
  void theUseless() {
    for (var member : roster.members()) {
      if (member.standing() == Standing.RELEASED) {
        tryTo(member, Cause.USELESS, Sentences.released(member));
      } else if (member.standing() == Standing.ABSENT && member.ours()) {
        tryTo(member, Cause.USELESS, Sentences.absent(member, policy()));
      }
    }
  }

  void everything() {
    for (var member : roster.own()) {
      if (member.stays()) {
        tryTo(member, Cause.ENDING, Sentences.ending(member));
      }
    }
  }

  /** What costs more than the budget: the worst value first, and nothing that need not go. */
  void theExcess() {
    var budget = policy().budget();
    // What lost its tag costs all the same, and cannot go.
    var spend = roster.spendOf(each -> couldGo(each) || each.isStripped());
    if (!spend.isMoreThan(budget)) {
      return;
    }
    var chosen = new ArrayList<Member>();
    var left = spend;
    for (var member : worstFirst()) {
      if (left.isMoreThan(budget) && may(member, Cause.MONEY)) {
        chosen.add(member);
        leaving.add(member.id());
        left = left.minus(member.today());
      }
    }
    keepWhatFits(chosen, left);
    for (var member : chosen) {
      add(member, Cause.MONEY, Sentences.overBudget(member, spend, budget));
    }
  }

  /** A last and large machine may have made room for an earlier one. */
  private void keepWhatFits(List<Member> chosen, UsdPerHour left) {
    var free = policy().budget().minus(left);
    for (int i = chosen.size() - 1; i >= 0; i--) {
      var member = chosen.get(i);
      if (!member.today().isMoreThan(free)) {
        free = free.minus(member.today());
        leaving.remove(member.id());
        chosen.remove(i);
      }
    }
  }

  /** What something better has taken the place of. */
  void theReplaced() {
    for (var member : roster.own()) {
      var left = left(member, true);
      if (member.standing() == Standing.OUTGOING && !enoughWithout(member).isMoreThan(left)) {
        tryTo(member, Cause.MONEY, whyReplaced(member, left));
      }
    }
  }

  private Reason whyReplaced(Member member, Utility left) {
    return situation
        .advice(member.id())
        .flatMap(Advice::pipeline)
        .map(pipeline -> Sentences.unfit(member, pipeline, left))
        .orElseGet(() -> Sentences.surplus(member, left, situation.wanted()));
  }

  /** Where less is there than wanted, a replaced machine waits for no more than there was. */
  private Utility enoughWithout(Member member) {
    var wanted = situation.wanted();
    return situation
        .advice(member.id())
        .filter(Advice::isFollowed)
        .map(Advice::keeps)
        .filter(wanted::isMoreThan)
        .orElse(wanted);
  }

  /**
   * What is more than wanted, once it has been so for a while; where nothing is wanted, at once.
   */
  void theSurplus(Optional<Instant> since) {
    boolean stands =
        since.filter(at -> !at.plus(SURPLUS_STANDS).isAfter(situation.now())).isPresent();
    if (!stands && !situation.wanted().isZero()) {
      return;
    }
    for (var member : worstFirst()) {
      var wanted = situation.wanted();
      boolean enough =
          !wanted.isMoreThan(left(member, false))
              && (member.standing() != Standing.AT_WORK || !wanted.isMoreThan(left(member, true)));
      if (enough && may(member, Cause.MONEY)) {
        add(member, Cause.MONEY, Sentences.surplus(member, left(member, false), wanted));
      }
    }
  }

  /** Utility that stays without a member. */
  private Utility left(Member without, boolean atWork) {
    return roster.utilityOf(
        each ->
            each.stays()
                && !each.id().equals(without.id())
                && !leaving.contains(each.id())
                && (!atWork || each.standing() == Standing.AT_WORK));
  }

  /** All of them, because something better takes their place; or none where a rule keeps one. */
  boolean exchange(List<Member> members, Function<Member, Reason> because) {
    int before = removals.size();
    for (var member : members) {
      if (!tryTo(member, Cause.MONEY, because.apply(member))) {
        var undone = removals.subList(before, removals.size());
        undone.forEach(each -> leaving.remove(each.member().id()));
        undone.clear();
        return false;
      }
    }
    return true;
  }

  /** Because somebody recommends it, before anything takes its place. */
  boolean replace(Member member, Reason because) {
    return tryTo(member, Cause.ADVISED, because);
  }

  /** Whether something may be bought that takes its place, because somebody recommends it. */
  boolean mayPrepare(Member member) {
    return may(member, Step.PREPARE, Cause.ADVISED);
  }

  /** What a procedure itself has to say against it. */
  void refuse(Refusal refusal) {
    refusals.add(refusal);
  }

  private boolean couldGo(Member member) {
    boolean stays = member.stays() || member.standing() == Standing.OUTGOING;
    return stays && !leaving.contains(member.id());
  }

  /**
   * What is to be replaced or of no use goes before all; strangers are asked about too: a rule
   * keeps them.
   */
  private List<Member> worstFirst() {
    return roster.members().stream()
        .filter(this::couldGo)
        .sorted(
            Comparator.comparing((Member each) -> each.standing() != Standing.OUTGOING)
                .thenComparing(each -> !situation.isUnfit(each.id()))
                .thenComparing(Member.WORST_FIRST))
        .toList();
  }

  private boolean tryTo(Member member, Cause cause, Reason because) {
    boolean may = !leaving.contains(member.id()) && may(member, cause);
    if (may) {
      add(member, cause, because);
    }
    return may;
  }

  private boolean may(Member member, Cause cause) {
    return may(member, step(member, cause), cause);
  }

  private boolean may(Member member, Step step, Cause cause) {
    var against = rules.against(new RemovalQuestion(situation, member, leaving, step, cause));
    if (member.ours()) {
      refusals.addAll(against);
    }
    return against.isEmpty();
  }

  private void add(Member member, Cause cause, Reason because) {
    removals.add(new Removal(member, step(member, cause), cause, because));
    leaving.add(member.id());
  }

  /** What EC2 may not be asked to take back yet is asked of the workload. */
  private Step step(Member member, Cause cause) {
    var question = new RemovalQuestion(situation, member, leaving, Step.TERMINATE, cause);
    return rules.against(question).stream().anyMatch(MachineIsReleased::said)
        ? Step.RELEASE
        : Step.TERMINATE;
  }

  private FleetPolicy policy() {
    return situation.policy();
  }
}
