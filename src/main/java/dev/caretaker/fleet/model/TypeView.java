package dev.caretaker.fleet.model;

import dev.caretaker.kernel.UsdPerHour;
import java.util.Optional;

/**
 * What EC2 says about an instance type.
 *
 * @param storageGb local disks together; 0 where there are none
 * @param onDemand what the same machine costs where it cannot be taken away, where that is known
 */
public record TypeView(
    MachineType type,
    int vcpus,
    double memoryGib,
    double storageGb,
    Optional<UsdPerHour> onDemand) {}
