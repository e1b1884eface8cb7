package dev.caretaker.pipeline.model;

import dev.caretaker.kernel.Observed;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything that one pass over a pipeline read. An absent queue is known to be absent.
 *
 * @param deadLetter of the queue that takes what could not be worked on; of no meaning without one
 * @param traffic of the last hours
 * @param tables by alias
 * @param templates what {@link TableView#template} is once a table's template is in force; a table
 *     that is missing here was not asked about
 * @param cluster of the tables; of no meaning without tables
 * @param fleet whose machines the workers are; for workers on an EsCluster its nodes, with nothing
 *     pending
 * @param workers by machine, of all machines in {@code fleet}
 * @param source what a backfill may still send; of no meaning without one
 * @param otherOwners older resources that name the same queue or table
 */
public record PipelineView(
    Instant readAt,
    Observed<Optional<QueueView>> queue,
    Observed<Optional<QueueView>> deadLetter,
    Observed<QueueTraffic> traffic,
    SortedMap<BucketName, Observed<BucketState>> buckets,
    SortedMap<TableName, Observed<TableView>> tables,
    SortedMap<TableName, String> templates,
    Observed<ClusterView> cluster,
    Observed<FleetView> fleet,
    SortedMap<WorkerId, Observed<WorkerView>> workers,
    Observed<List<SourceObject>> source,
    List<String> otherOwners) {
  public PipelineView {
    buckets = Collections.unmodifiableSortedMap(new TreeMap<>(buckets));
    tables = Collections.unmodifiableSortedMap(new TreeMap<>(tables));
    templates = Collections.unmodifiableSortedMap(new TreeMap<>(templates));
    workers = Collections.unmodifiableSortedMap(new TreeMap<>(workers));
    otherOwners = List.copyOf(otherOwners);
  }
}
