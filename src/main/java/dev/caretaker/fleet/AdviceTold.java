package dev.caretaker.fleet;

import dev.caretaker.fleet.guard.Situation;
import dev.caretaker.fleet.ledger.Member;
import dev.caretaker.fleet.ledger.Member.Standing;
import dev.caretaker.fleet.policy.FleetPolicy.Rebalance;
import dev.caretaker.kernel.Condition;
import dev.caretaker.kernel.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What people are told of the machines that EC2 recommends to move off. */
final class AdviceTold {
  private static final String TYPE = "RebalanceFollowed";

  private final Situation situation;
  private final Roster roster;
  private final List<Refusal> refusals;

  AdviceTold(Situation situation, Roster roster, List<Refusal> refusals) {
    this.situation = situation;
    this.roster = roster;
    this.refusals = refusals;
  }

  /** Empty where the spec does not ask for it: then nobody remembers what EC2 recommends. */
  Optional<Condition> condition() {
    if (situation.policy().rebalance() == Rebalance.IGNORE) {
      return Optional.empty();
    }
    var waiting = advised().filter(each -> !situation.isFollowed(each.id())).toList();
    var replaced = advised().filter(each -> situation.isFollowed(each.id())).toList();
    if (!waiting.isEmpty()) {
      return Optional.of(
          Condition.no(TYPE, "Waits", "EC2 recommends to move off " + ids(waiting) + why(waiting)));
    }
    return Optional.of(
        replaced.isEmpty()
            ? Condition.yes(TYPE, "NothingAdvised", "EC2 recommends to move off no machine")
            : Condition.yes(
                TYPE, "Replacing", "EC2 recommends to move off " + ids(replaced) + ": replaced"));
  }

  /** What EC2 takes already is advised no more. */
  private Stream<Member> advised() {
    return roster.own().stream()
        .filter(each -> situation.advised().containsKey(each.id()))
        .filter(each -> each.standing() != Standing.DOOMED);
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
