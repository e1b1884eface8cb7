package dev.caretaker.fleet;

import dev.caretaker.fleet.FleetSummary.Excess;
import dev.caretaker.fleet.guard.Situation;
import dev.caretaker.fleet.ledger.Member;
import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.fleet.model.ReleaseRequest;
import dev.caretaker.fleet.policy.FleetPolicy.Shrink;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.TreeSet;

/** Why more is spent than the budget. */
record Overspending(
    Situation situation, Roster roster, Shedding shedding, Collection<ReleaseRequest> asked) {
  /** A cluster has heard of a request by then, and begun. */
  private static final Duration HEARD_WITHIN = Duration.ofMinutes(2);

  /** Empty where it is not. What is asked to go is on its way; only what keeps it is an excuse. */
  Optional<Excess> cause() {
    var policy = situation.policy();
    if (!roster.spendOf(Member::costs).isMoreThan(policy.budget())) {
      return Optional.empty();
    }
    if (policy.paused() || policy.shrink() == Shrink.NEVER) {
      return Optional.of(Excess.SPEC);
    }
    if (refuses("FloorIsKept") || situation.floor().isMoreThan(roster.ledger().staying())) {
      return Optional.of(Excess.FLOOR);
    }
    if (!asked.isEmpty()) {
      return Optional.of(releases() ? Excess.SAFETY : Excess.STUCK);
    }
    if (refuses("ShelterIsKept")) {
      return Optional.of(Excess.SAFETY);
    }
    boolean ours = roster.own().stream().anyMatch(Member::costs);
    return Optional.of(ours ? Excess.NONE : Excess.STRIPPED);
  }

  private boolean refuses(String guard) {
    return shedding.refusals().stream().anyMatch(each -> each.guard().equals(guard));
  }

  /** Whether one of the requests makes progress, or was only just made. */
  private boolean releases() {
    var going = new TreeSet<InstanceId>();
    situation
        .workload()
        .ifKnown()
        .ifPresent(
            said -> {
              going.addAll(said.releasing());
              going.addAll(said.released());
            });
    var lately = situation.now().minus(HEARD_WITHIN);
    return asked.stream()
        .anyMatch(each -> going.contains(each.machine()) || each.askedAt().isAfter(lately));
  }
}
