package dev.caretaker.elastic.model;

import java.time.Instant;
import java.util.Optional;

/**
 * A machine of a SpotFleet on which a node of this cluster runs, or will; the node has the name of
 * the machine.
 *
 * @param instanceId EC2's, never used twice
 * @param zone of the cluster that the fleet is for
 * @param address where the machine is reached; empty where nobody needs to know
 * @param releaseRequest the request under which the fleet asks for it; empty while it does not
 * @param leavesAt when EC2 takes it, whatever anybody asks; empty while no notice was given
 */
public record SpotMachine(
    String instanceId,
    ZoneName zone,
    Optional<String> address,
    Optional<String> releaseRequest,
    Optional<Instant> leavesAt) {

  /** The same as if EC2 had given no notice. */
  public SpotMachine unannounced() {
    return new SpotMachine(instanceId, zone, address, releaseRequest, Optional.empty());
  }

  public NodeName node() {
    return new NodeName(instanceId);
  }
}
