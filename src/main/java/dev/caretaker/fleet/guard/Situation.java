package dev.caretaker.fleet.guard;

import dev.caretaker.fleet.ledger.Advice;
import dev.caretaker.fleet.ledger.Cooling;
import dev.caretaker.fleet.ledger.Ledger;
import dev.caretaker.fleet.ledger.Member;
import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.fleet.model.Pool;
import dev.caretaker.fleet.model.WorkloadView;
import dev.caretaker.fleet.policy.FleetPolicy;
import dev.caretaker.kernel.Observed;
import dev.caretaker.kernel.Utility;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What all questions of one decision share.
 *
 * @param advised machines that EC2 recommends to move off, or that a pipeline cannot use
 * @param knownSince since when this fleet's tags are read and its purchases remembered
 * @param wanted utility, the floor included
 */
public record Situation(
    FleetPolicy policy,
    Collection<Member> members,
    Observed<WorkloadView> workload,
    Map<Pool, Cooling> cooling,
    Map<InstanceId, Advice> advised,
    Instant knownSince,
    Utility wanted,
    Instant now) {
  /** What EC2 was asked for is visible by then, machines and tags. */
  public static final Duration SETTLING = Duration.ofMinutes(3);

  /** What is recommended of a machine. */
  public Optional<Advice> advice(InstanceId machine) {
    return Optional.ofNullable(advised.get(machine));
  }

  /** Whether a machine goes because somebody recommends it. */
  public boolean isFollowed(InstanceId machine) {
    return advice(machine).filter(Advice::isFollowed).isPresent();
  }

  /** Whether a pipeline cannot use a machine, so that it does no work. */
  public boolean isUnfit(InstanceId machine) {
    return advice(machine).filter(each -> !each.isOfEc2()).isPresent();
  }

  /** Machines that are being replaced because of an advice, or were within ten minutes. */
  long replacements() {
    var going =
        members.stream().filter(Member::isAskedToGo).map(Member::id).collect(Collectors.toSet());
    return advised.entrySet().stream()
        .filter(each -> each.getValue().isFollowed())
        .filter(each -> each.getValue().isRecent(now) || going.contains(each.getKey()))
        .count();
  }

  /** Whether a cluster would see one machine more; what EC2 takes is listed until it is gone. */
  public boolean mayHaveOneMore(Ledger ledger) {
    long doomed = members.stream().filter(each -> each.ours() && !each.costs()).count();
    return ledger.machines() + doomed < policy.limits().machines().orElse(Integer.MAX_VALUE);
  }

  /** The floor of what carries the fleet's tag: what is at work without it reaches some of it. */
  public Utility floor() {
    return members.stream()
        .filter(each -> each.standing() == Member.Standing.STRIPPED)
        .map(Member::utility)
        .reduce(policy.floorNow(), Utility::less);
  }

  public Instant settledAt() {
    return knownSince.plus(SETTLING);
  }

  public boolean hasSettled() {
    return !settledAt().isAfter(now);
  }
}
