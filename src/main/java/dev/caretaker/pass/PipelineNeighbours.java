package dev.caretaker.pass;

import dev.caretaker.kernel.Observed;
import dev.caretaker.pipeline.model.ClusterView;
import dev.caretaker.pipeline.model.FleetView;
import java.util.List;

/**
 * What the other resources say that concern a pipeline.
 *
 * @param cluster of its tables; of no meaning without tables
 * @param fleet whose machines are its workers, or the nodes of the cluster that are
 * @param otherOwners older resources that name the same queue or table
 */
public record PipelineNeighbours(
    Observed<ClusterView> cluster, Observed<FleetView> fleet, List<String> otherOwners) {
  public PipelineNeighbours {
    otherOwners = List.copyOf(otherOwners);
  }
}
