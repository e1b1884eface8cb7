package dev.caretaker.mapping;

import dev.caretaker.pipeline.model.Table;
import dev.caretaker.pipeline.model.TableName;
import dev.caretaker.pipeline.policy.PipelinePolicy;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A pipeline's spec, read: what is decided by, and where it applies.
 *
 * @param policy its tables have no mapping before {@link #mapped} gives them theirs
 * @param region of the queue and of the buckets
 * @param mappings where the mapping of each table is
 * @param tablesIn name of the EsCluster beside the resource that holds the tables; empty: none are
 *     asked for
 * @param machines that the programs run on
 * @param access the way to them
 */
public record PipelineCare(
    PipelinePolicy policy,
    String region,
    SortedMap<TableName, ConfigKey> mappings,
    Optional<String> tablesIn,
    Machines machines,
    WorkerAccess access) {

  public PipelineCare {
    mappings = Collections.unmodifiableSortedMap(new TreeMap<>(mappings));
  }

  /** A key of a ConfigMap beside the resource. */
  public record ConfigKey(String configMap, String key) {}

  /** The machines that the programs run on. */
  public sealed interface Machines {}

  /** Those of a SpotFleet beside the resource. */
  public record OfFleet(String fleet) implements Machines {
    @Override
    public String toString() {
      return "SpotFleet " + fleet;
    }
  }

  /** The nodes of one zone of an EsCluster beside the resource. */
  public record OfCluster(String cluster, String zone) implements Machines {
    @Override
    public String toString() {
      return "EsCluster " + cluster + ", zone " + zone;
    }
  }

  /** The fleet that is asked for machines; empty where the nodes of a cluster work. */
  public Optional<String> fleet() {
    return machines instanceof OfFleet of ? Optional.of(of.fleet()) : Optional.empty();
  }

  /** The same with the mappings that were found; a table that is not among them has none. */
  public PipelineCare mapped(Map<TableName, String> found) {
    var tables =
        policy.tables().stream()
            .map(each -> mapped(each, found.getOrDefault(each.alias(), "")))
            .toList();
    return with(policy.mapped(tables));
  }

  private static Table mapped(Table table, String mapping) {
    return new Table(
        table.alias(),
        table.rollover(),
        table.keep(),
        table.shards(),
        table.replicas(),
        mapping,
        table.snapshot());
  }

  /** The same wish, paused. */
  public PipelineCare still() {
    return with(policy.still());
  }

  /** The same wish of a resource that is going away. */
  public PipelineCare leaving() {
    return with(policy.leaving());
  }

  private PipelineCare with(PipelinePolicy other) {
    return new PipelineCare(other, region, mappings, tablesIn, machines, access);
  }
}
