package dev.caretaker.fleet.action;

import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.fleet.model.Purchase;
import dev.caretaker.kernel.Reason;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Every change that a fleet asks of EC2. Release requests are no action: they stand in its status.
 */
public sealed interface FleetAction {

  /** One {@code CreateFleet} request of type {@code instant}, for one pool. */
  record CreateFleet(Purchase purchase, Reason because) implements FleetAction {}

  /** Gives machines back; each carries its arithmetic. */
  record TerminateInstances(SortedMap<InstanceId, Reason> machines) implements FleetAction {
    public TerminateInstances {
      machines = Collections.unmodifiableSortedMap(new TreeMap<>(machines));
    }
  }
}
