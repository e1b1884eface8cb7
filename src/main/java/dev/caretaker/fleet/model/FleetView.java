package dev.caretaker.fleet.model;

import dev.caretaker.kernel.Observed;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;

/**
 * Everything that one pass over a fleet read.
 *
 * @param machines all that carry the fleet's tags, and strangers that look as if they were its own
 * @param quotes one for each pool that has a price
 * @param subnets those of the spec that exist, with their zones
 * @param workload what the cluster of a stateful fleet says; of no meaning without one
 * @param demand what somebody asks for
 */
public record FleetView(
    Instant readAt,
    Observed<List<MachineView>> machines,
    Observed<SortedMap<Pool, Quote>> quotes,
    Observed<SortedMap<MachineType, TypeView>> types,
    Observed<List<Subnet>> subnets,
    Observed<WorkloadView> workload,
    Observed<DemandView> demand) {}
