package dev.caretaker.operator;

import dev.caretaker.kernel.Observed;
import dev.caretaker.pass.PipelinePorts;
import dev.caretaker.pipeline.action.PipelineAction;
import dev.caretaker.pipeline.model.Backfill;
import dev.caretaker.pipeline.model.BucketName;
import dev.caretaker.pipeline.model.BucketState;
import dev.caretaker.pipeline.model.PipelineId;
import dev.caretaker.pipeline.model.Program;
import dev.caretaker.pipeline.model.QueueName;
import dev.caretaker.pipeline.model.QueueTraffic;
import dev.caretaker.pipeline.model.QueueView;
import dev.caretaker.pipeline.model.SourceObject;
import dev.caretaker.pipeline.model.Table;
import dev.caretaker.pipeline.model.TableView;
import dev.caretaker.pipeline.model.WorkerHost;
import dev.caretaker.pipeline.model.WorkerId;
import dev.caretaker.pipeline.model.WorkerView;
import dev.caretaker.port.BucketPort;
import dev.caretaker.port.PortException;
import dev.caretaker.port.QueuePort;
import dev.caretaker.port.TablePort;
import dev.caretaker.port.WorkerPort;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The ways to a pipeline's parts; before anything is changed a guard is asked. */
final class WatchedPipeline {
  private final PipelinePorts ports;
  private final Guard guard;

  WatchedPipeline(PipelinePorts ports, Guard guard) {
    this.ports = ports;
    this.guard = guard;
  }

  /** Who is asked. */
  interface Guard {
    /**
     * Called before anything leaves.
     *
     * @throws PortException REFUSED where it must not happen
     */
    void before(PipelineAction action) throws PortException;
  }

  PipelinePorts ports() {
    return new PipelinePorts(
        new Queues(), new Buckets(), new Tables(), new Workers(), ports.cluster(), ports.fleet());
  }

  private final class Queues implements QueuePort {
    @Override
    public Observed<Optional<QueueView>> read(QueueName queue) {
      return ports.queues().read(queue);
    }

    @Override
    public Observed<QueueTraffic> traffic(QueueName queue, Instant since) {
      return ports.queues().traffic(queue, since);
    }

    @Override
    public void perform(PipelineId pipeline, PipelineAction.OnQueue action) throws PortException {
      guard.before(action);
      ports.queues().perform(pipeline, action);
    }
  }

  private final class Buckets implements BucketPort {
    @Override
    public Observed<BucketState> read(BucketName bucket) {
      return ports.buckets().read(bucket);
    }

    @Override
    public Observed<List<SourceObject>> next(Backfill backfill, Optional<SourceObject> after) {
      return ports.buckets().next(backfill, after);
    }

    @Override
    public void perform(PipelineId pipeline, PipelineAction.OnBucket action) throws PortException {
      guard.before(action);
      ports.buckets().perform(pipeline, action);
    }
  }

  private final class Tables implements TablePort {
    @Override
    public Observed<TableView> read(Table table, Optional<String> timeField) {
      return ports.tables().read(table, timeField);
    }

    @Override
    public String fingerprint(Table table) {
      return ports.tables().fingerprint(table);
    }

    @Override
    public void perform(PipelineAction.OnTable action) throws PortException {
      guard.before(action);
      ports.tables().perform(action);
    }
  }

  private final class Workers implements WorkerPort {
    @Override
    public SortedMap<WorkerId, Observed<WorkerView>> read(
        Program program, Collection<WorkerHost> workers) {
      return ports.workers().read(program, workers);
    }

    /** What is refused before one action is refused for all of them. */
    @Override
    public SortedMap<WorkerId, PortException> perform(List<PipelineAction.OnWorker> actions) {
      try {
        for (var each : actions) {
          guard.before(each);
        }
      } catch (PortException refused) {
        var failures = new TreeMap<WorkerId, PortException>();
        actions.forEach(each -> failures.put(each.worker().id(), refused));
        return failures;
      }
      return ports.workers().perform(actions);
    }
  }
}
