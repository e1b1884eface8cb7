package dev.caretaker.operator;

import dev.caretaker.api.EtlPipeline;
import dev.caretaker.kernel.Observed;
import dev.caretaker.mapping.EsAccess;
import dev.caretaker.mapping.PipelineCare;
import dev.caretaker.mapping.WorkerAccess;
import dev.caretaker.pass.PipelinePass;
import dev.caretaker.pass.PipelinePorts;
import dev.caretaker.pass.ProgressStore.StaleWriter;
import dev.caretaker.pipeline.PipelineDecider;
import dev.caretaker.pipeline.action.PipelineAction;
import dev.caretaker.pipeline.model.ClusterView;
import dev.caretaker.pipeline.model.FleetView;
import dev.caretaker.pipeline.policy.PipelinePolicy.Deletion;
import dev.caretaker.port.PortException;
import dev.caretaker.port.TablePort;
import dev.caretaker.port.WorkerPort;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * The open ways to one pipeline's parts and what its passes may forget. It lives as long as the
 * resources say how the parts are reached.
 */
final class PipelineSession implements AutoCloseable, WatchedPipeline.Guard {

  /** What a session was opened for; another one needs another session. */
  record Key(String region, Observed<EsAccess> tables, WorkerAccess workers, Secrets secrets) {}

  private final Key key;
  private final Mappings mappings;
  private final PipelineConnector.Way<TablePort> tables;
  private final PipelineConnector.Way<WorkerPort> workers;
  private final MappedTables mapped;
  private final PipelinePass pass;
  private final Leadership leadership;
  private Optional<StoredEtlPipeline> stored = Optional.empty();
  private boolean deletes;
  private Observed<ClusterView> cluster = Observed.unknown("it was not read yet");
  private Observed<FleetView> fleet = Observed.unknown("it was not read yet");

  PipelineSession(
      Key key,
      PipelineConnector connector,
      Mappings mappings,
      PipelineDecider decider,
      Clock clock,
      Leadership leadership) {
    this.key = key;
    this.mappings = mappings;
    this.leadership = leadership;
    this.tables = connector.tables(key.tables(), key.secrets());
    this.workers = connector.workers(key.workers(), key.secrets());
    this.mapped = new MappedTables(tables.port());
    var ports =
        new PipelinePorts(
            connector.queues(key.region()),
            connector.buckets(key.region()),
            mapped,
            workers.port(),
            () -> cluster,
            () -> fleet);
    this.pass = new PipelinePass(decider, new WatchedPipeline(ports, this).ports(), clock);
  }

  boolean fits(Key wanted) {
    return key.equals(wanted);
  }

  Secrets secrets() {
    return key.secrets();
  }

  /** The mappings are remembered longer than the ways are open. */
  Mappings mappings() {
    return mappings;
  }

  /**
   * Makes one pass for the resource.
   *
   * @param read the mappings of its tables
   * @param all the pipelines that are known, to find duplicates
   */
  PipelinePass.Outcome run(
      StoredEtlPipeline resource,
      PipelineCare care,
      Mappings.Read read,
      PipelineNeighbours neighbours,
      List<EtlPipeline> all)
      throws StaleWriter {
    var metadata = resource.current().getMetadata();
    stored = Optional.of(resource);
    deletes = care.policy().deletion() == Deletion.DELETE;
    mapped.read(read);
    fleet = neighbours.machines(metadata.getNamespace(), metadata.getName(), care.machines());
    cluster =
        care.tablesIn()
            .map(name -> neighbours.cluster(metadata.getNamespace(), name))
            .orElseGet(() -> Observed.unknown("the spec names no tables"));
    var older = Owners.olderThan(resource.current(), all);
    var policy = care.mapped(read.found()).policy();
    return pass.run(policy, resource.progress(), older, resource);
  }

  /** The finalizer comes before the first thing that somebody would have to delete. */
  @Override
  public void before(PipelineAction action) throws PortException {
    if (leadership.isLost()) {
      throw new PortException(PortException.Kind.REFUSED, "another process leads now");
    }
    boolean creates =
        action instanceof PipelineAction.CreateQueue
            || action instanceof PipelineAction.CreateBucket;
    if (deletes && creates && stored.isPresent()) {
      try {
        stored.get().addFinalizer();
      } catch (StaleWriter stale) {
        throw new PortException(
            PortException.Kind.REFUSED, "the resource changed meanwhile; decided anew", stale);
      }
    }
  }

  @Override
  public void close() {
    tables.closing().run();
    workers.closing().run();
  }
}
