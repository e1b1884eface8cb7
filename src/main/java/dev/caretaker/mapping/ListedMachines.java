package dev.caretaker.mapping;

import dev.caretaker.elastic.model.SpotMachine;
import java.util.List;

/**
 * Spot machines that no SpotFleet owns, and where EC2 says that it takes one.
 *
 * @param machines without notice
 */
public record ListedMachines(String region, String queue, List<SpotMachine> machines) {
  public ListedMachines {
    machines = List.copyOf(machines);
  }
}
