package dev.caretaker.world.pipeline.simulation;

import dev.caretaker.kernel.Observed;
import dev.caretaker.pass.PipelinePorts;
import dev.caretaker.pipeline.action.PipelineAction;
import dev.caretaker.pipeline.action.PipelineAction.OnWorker;
import dev.caretaker.pipeline.model.Backfill;
import dev.caretaker.pipeline.model.BucketName;
import dev.caretaker.pipeline.model.BucketState;
import dev.caretaker.pipeline.model.ClusterView;
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
import dev.caretaker.world.pipeline.Platform;
import dev.caretaker.world.pipeline.PlatformBuckets;
import dev.caretaker.world.pipeline.PlatformQueues;
import dev.caretaker.world.pipeline.PlatformTables;
import dev.caretaker.world.pipeline.PlatformWorkers;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A platform through a bad network. */
record FaultyPorts(Platform platform, Network network) {
  PipelinePorts ports() {
    return new PipelinePorts(
        new Queues(new PlatformQueues(platform, network::age), network),
        new Buckets(new PlatformBuckets(platform), network),
        new Tables(new PlatformTables(platform), network),
        new Workers(new PlatformWorkers(platform), network),
        () -> network.read(this::cluster),
        () -> network.read(platform::fleet));
  }

  private Observed<ClusterView> cluster() {
    var engine = platform.engine();
    return Observed.known(new ClusterView(engine.serving, engine.recovering, engine.holding));
  }

  private record Queues(QueuePort port, Network network) implements QueuePort {
    @Override
    public Observed<Optional<QueueView>> read(QueueName queue) {
      return network.read(() -> port.read(queue));
    }

    @Override
    public Observed<QueueTraffic> traffic(QueueName queue, Instant since) {
      return network.read(() -> port.traffic(queue, since));
    }

    @Override
    public void perform(PipelineId pipeline, PipelineAction.OnQueue action) throws PortException {
      network.change(action, () -> port.perform(pipeline, action));
    }
  }

  private record Buckets(BucketPort port, Network network) implements BucketPort {
    @Override
    public Observed<BucketState> read(BucketName bucket) {
      return network.read(() -> port.read(bucket));
    }

    @Override
    public Observed<List<SourceObject>> next(Backfill backfill, Optional<SourceObject> after) {
      return network.read(() -> port.next(backfill, after));
    }

    @Override
    public void perform(PipelineId pipeline, PipelineAction.OnBucket action) throws PortException {
      network.change(action, () -> port.perform(pipeline, action));
    }
  }

  private record Tables(TablePort port, Network network) implements TablePort {
    @Override
    public Observed<TableView> read(Table table, Optional<String> timeField) {
      return network.read(() -> port.read(table, timeField));
    }

    @Override
    public String fingerprint(Table table) {
      return port.fingerprint(table);
    }

    @Override
    public void perform(PipelineAction.OnTable action) throws PortException {
      network.change(action, () -> port.perform(action));
    }
  }

  private record Workers(PlatformWorkers port, Network network) implements WorkerPort {
    @Override
    public SortedMap<WorkerId, Observed<WorkerView>> read(
        Program program, Collection<WorkerHost> workers) {
      var views = new TreeMap<WorkerId, Observed<WorkerView>>();
      port.read(program, workers).forEach((id, view) -> views.put(id, network.read(() -> view)));
      network.seen(views);
      return views;
    }

    @Override
    public SortedMap<WorkerId, PortException> perform(List<OnWorker> actions) {
      var failures = new TreeMap<WorkerId, PortException>();
      for (var action : actions) {
        try {
          network.change(action, () -> port.perform(action));
        } catch (PortException failure) {
          failures.put(action.worker().id(), failure);
        }
      }
      return failures;
    }
  }
}
