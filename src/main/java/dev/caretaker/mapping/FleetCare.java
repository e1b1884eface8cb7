package dev.caretaker.mapping;

import dev.caretaker.fleet.policy.FleetPolicy;
import java.util.List;
import java.util.Optional;

/**
 * A fleet's spec, read: what is decided by, and where it applies.
 *
 * @param cluster the EsCluster whose nodes run on the machines
 * @param pipelines whose demand is added up
 * @param queue where interruptions are announced
 */
public record FleetCare(
    FleetPolicy policy,
    String region,
    Optional<Cluster> cluster,
    List<String> pipelines,
    Optional<String> queue) {
  public FleetCare {
    pipelines = List.copyOf(pipelines);
  }

  /** The same wish, paused. */
  public FleetCare still() {
    return with(policy.still());
  }

  /** The same wish of a resource that is going away. */
  public FleetCare leaving() {
    return with(policy.leaving());
  }

  private FleetCare with(FleetPolicy other) {
    return new FleetCare(other, region, cluster, pipelines, queue);
  }

  /** An EsCluster in the same namespace, and the zone its spot nodes are in. */
  public record Cluster(String name, String zone) {}
}
