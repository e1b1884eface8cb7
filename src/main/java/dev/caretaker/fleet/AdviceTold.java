package dev.caretaker.fleet;

import dev.caretaker.fleet.guard.Situation;
import dev.caretaker.fleet.ledger.Advice;
import dev.caretaker.fleet.ledger.Member;
import dev.caretaker.fleet.ledger.Member.Standing;
import dev.caretaker.fleet.policy.FleetPolicy.Rebalance;
import dev.caretaker.kernel.Condition;
import dev.caretaker.kernel.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What people are told of the machines that somebody recommends to replace. */
final class AdviceTold {
  private static final String OF_EC2 = "RebalanceFollowed";
  private static final String OF_PIPELINES = "UnfitReplaced";

  private final Situation situation;
  private final Roster roster;
  private final List<Refusal> refusals;

  AdviceTold(Situation situation, Roster roster, List<Refusal> refusals) {
    this.situation = situation;
    this.roster = roster;
    this.refusals = refusals;
  }

  /** None of what the spec does not ask for: nobody remembers then what is recommended. */
  List<Condition> conditions() {
    var told = new ArrayList<Condition>();
    if (situation.policy().rebalance() == Rebalance.REPLACE) {
      told.add(condition(OF_EC2, "EC2 recommends to move off ", this::isAdvised));
    }
    if (situation.policy().demand().isEmpty()) {
      told.add(condition(OF_PIPELINES, "no pipeline can use ", this::isUnfit));
    }
    return told;
  }

  private Condition condition(String type, String words, Predicate<Member> asked) {
    // What EC2 takes already is replaced anyway.
    var members =
        roster.own().stream()
            .filter(each -> each.standing() != Standing.DOOMED)
            .filter(asked)
            .toList();
    var waiting = members.stream().filter(each -> !situation.isFollowed(each.id())).toList();
    if (!waiting.isEmpty()) {
      return Condition.no(type, "Waits", words + ids(waiting) + why(waiting));
    }
    return members.isEmpty()
        ? Condition.yes(type, "NothingAdvised", "nobody recommends to replace a machine")
        : Condition.yes(type, "Replacing", words + ids(members) + ": replaced");
  }

  private boolean isAdvised(Member member) {
    return situation.advice(member.id()).filter(Advice::isOfEc2).isPresent();
  }

  private boolean isUnfit(Member member) {
    return situation.isUnfit(member.id());
  }

  private String why(List<Member> waiting) {
    var ids = waiting.stream().map(each -> each.id().value()).collect(Collectors.toSet());
    var sentences =
        refusals.stream()
            .filter(each -> each.subjects().stream().anyMatch(ids::contains))
            .map(each -> each.sentence() + " (" + each.liftedBy() + ")")
            .distinct()
            .toList();
    return sentences.isEmpty()
        ? ": it waits until machines and purchases have come to rest"
        : ": " + String.join("; ", sentences);
  }

  private static String ids(List<Member> members) {
    return members.stream().map(each -> each.id().value()).collect(Collectors.joining(", "));
  }
}
