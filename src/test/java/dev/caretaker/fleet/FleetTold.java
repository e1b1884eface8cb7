package dev.caretaker.fleet;

import dev.caretaker.fleet.action.FleetAction.TerminateInstances;
import dev.caretaker.kernel.Condition;
import java.util.Set;
import java.util.TreeSet;

/** What a fleet's decision comes to, as tests ask about it. */
final class FleetTold {
  private FleetTold() {}

  /** Machines that EC2 is asked to end, by id. */
  static Set<String> given(FleetDecision decision) {
    var ids = new TreeSet<String>();
    for (var action : decision.actions()) {
      if (action instanceof TerminateInstances terminate) {
        terminate.machines().keySet().forEach(each -> ids.add(each.value()));
      }
    }
    return ids;
  }

  /** The condition of a type, which must be told. */
  static Condition condition(FleetDecision decision, String type) {
    return decision.conditions().stream()
        .filter(each -> each.type().equals(type))
        .findFirst()
        .orElseThrow();
  }
}
