package dev.caretaker.pipeline.model;

import dev.caretaker.kernel.Utility;
import java.util.List;
import java.util.Optional;

/**
 * What the SpotFleet that gives the machines says.
 *
 * @param hosts machines that are at work
 * @param pending utility that was bought or asked for and is not at work
 * @param limit why it gives less than is wanted, such as its budget; empty: it does not
 */
public record FleetView(List<WorkerHost> hosts, Utility pending, Optional<String> limit) {
  public FleetView {
    hosts = List.copyOf(hosts);
  }
}
