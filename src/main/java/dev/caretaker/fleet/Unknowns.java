package dev.caretaker.fleet;

import dev.caretaker.fleet.guard.Situation;
import dev.caretaker.fleet.model.FleetView;
import dev.caretaker.kernel.Observed;
import dev.caretaker.kernel.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What could not be read, and what nobody says. */
record Unknowns(Situation situation, FleetView view, Roster roster) {
  /** Pipelines ask for nothing before they have looked at their queue; a wrong name asks never. */
  Optional<Reason> demand() {
    var policy = situation.policy();
    var demand = view.demand();
    if (policy.demand().isPresent() || policy.deleting()) {
      return Optional.empty();
    }
    var silent =
        demand.ifKnown().map(all -> String.join("; ", all.silent())).orElseGet(() -> cause(demand));
    return silent.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Reason(
                "DemandNotKnown",
                "nobody knows how much is wanted, so that what is there stays: " + silent));
  }

  /** A cluster says nothing before it was looked at, so that each start of ours is silent first. */
  Optional<Reason> cluster() {
    var workload = situation.workload();
    return situation.policy().stateful() && workload.ifKnown().isEmpty()
        ? Optional.of(
            new Reason(
                "ClusterDoesNotSay",
                "nobody knows which machines are at work, so that none is given back: "
                    + cause(workload)))
        : Optional.empty();
  }

  /** What has to be read before anything is bought or given back. */
  Optional<String> unread() {
    var causes = new ArrayList<String>();
    add(causes, "prices", view.quotes());
    add(causes, "instance types", view.types());
    add(causes, "subnets", view.subnets());
    if (!roster.unpriced().isEmpty()) {
      causes.add("what runs has no price: " + roster.unpriced());
    }
    return causes.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", causes));
  }

  private static void add(List<String> causes, String what, Observed<?> read) {
    if (read.ifKnown().isEmpty()) {
      causes.add("the " + what + " could not be read: " + cause(read));
    }
  }

  static String cause(Observed<?> read) {
    return read instanceof Observed.Unknown<?> unknown ? unknown.cause() : "";
  }
}
