package dev.caretaker.fleet.guard;

import dev.caretaker.fleet.ledger.Member;
import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.fleet.policy.FleetPolicy;
import java.util.Set;

/**
 * May this machine go?
 *
 * @param alsoLeaving what this decision lets go besides
 * @param step whether EC2 or only the workload is asked
 * @param because why it shall go
 */
public record RemovalQuestion(
    Situation situation, Member member, Set<InstanceId> alsoLeaving, Step step, Cause because) {

  /** Whom the removal is asked of. */
  public enum Step {
    /** Of nobody yet: what takes its place is bought first. */
    PREPARE,
    RELEASE,
    TERMINATE
  }

  /** Why a machine shall go. */
  public enum Cause {
    /** Less is wanted, or it costs too much: the fleet gets smaller or changes. */
    MONEY,
    /** EC2 recommends to move off it, or a pipeline cannot use it: another takes its place. */
    ADVISED,
    /** It does no work: it did not join, or its workload let it go. */
    USELESS,
    /** The fleet ends. */
    ENDING
  }

  /** Whether fewer are there by it; what is prepared takes nothing away yet. */
  boolean takesAway() {
    return step != Step.PREPARE && because != Cause.USELESS;
  }

  /** Whether the fleet could as well do without. */
  boolean isChosen() {
    return because == Cause.MONEY || because == Cause.ADVISED;
  }

  FleetPolicy policy() {
    return situation.policy();
  }

  /** Those at work that nobody asked to go. */
  long othersAtWork() {
    return situation.members().stream().filter(this::worksOn).count();
  }

  boolean worksOn(Member other) {
    return staysOn(other) && other.standing() == Member.Standing.AT_WORK;
  }

  boolean staysOn(Member other) {
    return other.ours()
        && other.stays()
        && !other.id().equals(member.id())
        && !alsoLeaving.contains(other.id());
  }
}
