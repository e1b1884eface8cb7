package dev.caretaker.pipeline.policy;

import dev.caretaker.pipeline.model.Backfill;
import dev.caretaker.pipeline.model.BucketName;
import dev.caretaker.pipeline.model.Code;
import dev.caretaker.pipeline.model.PipelineId;
import dev.caretaker.pipeline.model.Program;
import dev.caretaker.pipeline.model.Table;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was asked of a pipeline, parsed, defaults applied.
 *
 * @param running whether workers shall work; false: a backlog forms, nothing is lost until
 *     retention
 * @param buckets whether each is made where it is absent
 * @param program what runs on the machines
 * @param code empty: whatever is on the machines runs
 * @param trial empty: a new pipeline is let loose without one
 */
public record PipelinePolicy(
    PipelineId id,
    boolean running,
    QueuePolicy queue,
    SortedMap<BucketName, Boolean> buckets,
    List<Table> tables,
    Program program,
    Optional<Code> code,
    Optional<Trial> trial,
    DemandPolicy demand,
    Optional<Backfill> backfill,
    Optional<Freshness> freshness,
    Optional<DiskCare> disk,
    Deletion deletion,
    boolean paused,
    boolean deleting) {

  /** What becomes of queues and buckets when the resource is deleted. */
  public enum Deletion {
    /** They stay. */
    ORPHAN,
    /** What is empty and was made by Caretaker goes; what holds anything stays. */
    DELETE
  }

  public PipelinePolicy {
    buckets = Collections.unmodifiableSortedMap(new TreeMap<>(buckets));
    tables = List.copyOf(tables);
  }

  /** The same wish, paused. */
  public PipelinePolicy still() {
    return with(true, deleting);
  }

  /** The same wish of a resource that is going away. */
  public PipelinePolicy leaving() {
    return with(paused, true);
  }

  /** The same wish with these tables, once their mappings were read. */
  public PipelinePolicy mapped(List<Table> others) {
    return new PipelinePolicy(
        id, running, queue, buckets, others, program, code, trial, demand, backfill, freshness,
        disk, deletion, paused, deleting);
  }

  private PipelinePolicy with(boolean pause, boolean delete) {
    return new PipelinePolicy(
        id, running, queue, buckets, tables, program, code, trial, demand, backfill, freshness,
        disk, deletion, pause, delete);
  }
}
