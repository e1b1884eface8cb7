package dev.caretaker.fleet.guard;

import dev.caretaker.fleet.ledger.Cooling;
import dev.caretaker.fleet.ledger.Member;
import dev.caretaker.fleet.model.Pool;
import dev.caretaker.fleet.model.WorkloadView;
import dev.caretaker.fleet.policy.FleetPolicy;
import dev.caretaker.kernel.Observed;
import dev.caretaker.kernel.Utility;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;

/**
 * What all questions of one decision share.
 *
 * @param knownSince since when this fleet's tags are read and its purchases remembered
 * @param wanted utility, the floor included
 */
public record Situation(
    FleetPolicy policy,
    Collection<Member> members,
    Observed<WorkloadView> workload,
    Map<Pool, Cooling> cooling,
    Instant knownSince,
    Utility wanted,
    Instant now) {
  /** What EC2 was asked for is visible by then, machines and tags. */
  public static final Duration SETTLING = Duration.ofMinutes(3);

  public Instant settledAt() {
    return knownSince.plus(SETTLING);
  }

  public boolean hasSettled() {
    return !settledAt().isAfter(now);
  }
}
