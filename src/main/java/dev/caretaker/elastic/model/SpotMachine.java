package dev.caretaker.elastic.model;

import java.time.Instant;
import java.util.Optional;

/**
 * A spot machine on which a node of this cluster runs, or will.
 *
 * @param instanceId EC2's, never used twice
 * @param fleet the SpotFleet that lists it; empty for a machine of no fleet
 * @param node of a machine of a SpotFleet, named as the machine is
 * @param zone of the cluster that it is for
 * @param address where the machine is reached; empty where nobody needs to know
 * @param releaseRequest the request under which the fleet asks for it; empty while it does not
 * @param launchedAt as its fleet tells it; empty for a machine of no fleet
 * @param leavesAt when EC2 takes it, whatever anybody asks; empty while no notice was given
 */
public record SpotMachine(
    String instanceId,
    Optional<String> fleet,
    NodeName node,
    ZoneName zone,
    Optional<String> address,
    Optional<String> releaseRequest,
    Optional<Instant> launchedAt,
    Optional<Instant> leavesAt) {

  /** A machine of a fleet. */
  public static SpotMachine ofFleet(
      String fleet,
      String instanceId,
      ZoneName zone,
      Optional<String> address,
      Optional<String> releaseRequest,
      Optional<Instant> launchedAt,
      Optional<Instant> leavesAt) {
    return new SpotMachine(
        instanceId,
        Optional.of(fleet),
        new NodeName(instanceId),
        zone,
        address,
        releaseRequest,
        launchedAt,
        leavesAt);
  }

  /** A machine of no fleet; who lists its node says how it is reached. */
  public static SpotMachine of(String instanceId, NodeName node, ZoneName zone) {
    return new SpotMachine(
        instanceId,
        Optional.empty(),
        node,
        zone,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** The same as if EC2 had given no notice. */
  public SpotMachine unannounced() {
    return leaving(Optional.empty());
  }

  /** The same with what EC2 announced. */
  public SpotMachine leaving(Optional<Instant> at) {
    return new SpotMachine(instanceId, fleet, node, zone, address, releaseRequest, launchedAt, at);
  }
}
