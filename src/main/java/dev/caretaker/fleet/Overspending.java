package dev.caretaker.fleet;

import dev.caretaker.fleet.FleetSummary.Excess;
import dev.caretaker.fleet.guard.Situation;
import dev.caretaker.fleet.ledger.Member;
import dev.caretaker.fleet.policy.FleetPolicy.Shrink;
import java.util.Optional;

/** Why more is spent than the budget. */
record Overspending(Situation situation, Roster roster, Shedding shedding, Requests requests) {
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
    if (!requests.isEmpty()) {
      return Optional.of(requests.makeProgress() ? Excess.SAFETY : Excess.STUCK);
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
}
