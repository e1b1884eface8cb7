package dev.caretaker.operator;

import dev.caretaker.kernel.Bytes;
import dev.caretaker.kernel.Observed;
import dev.caretaker.mapping.EsAccess;
import dev.caretaker.mapping.WorkerAccess;
import dev.caretaker.pipeline.action.PipelineAction;
import dev.caretaker.pipeline.action.PipelineAction.OnWorker;
import dev.caretaker.pipeline.model.Backfill;
import dev.caretaker.pipeline.model.BucketName;
import dev.caretaker.pipeline.model.BucketState;
import dev.caretaker.pipeline.model.IndexView;
import dev.caretaker.pipeline.model.JobView;
import dev.caretaker.pipeline.model.PipelineId;
import dev.caretaker.pipeline.model.Program;
import dev.caretaker.pipeline.model.QueueAttributes;
import dev.caretaker.pipeline.model.QueueName;
import dev.caretaker.pipeline.model.QueueTraffic;
import dev.caretaker.pipeline.model.QueueView;
import dev.caretaker.pipeline.model.Revision;
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
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Queues, tables and programs in memory: each change is carried out at once and is seen. */
final class PipelineWorld implements PipelineConnector {
  private final Clock clock;
  final Map<QueueName, QueueAttributes> queues = new TreeMap<>();
  final Map<String, IndexView> indices = new TreeMap<>();
  final Map<WorkerId, Instant> running = new TreeMap<>();
  final Set<BucketName> buckets = new HashSet<>();
  final List<PipelineAction> changes = new ArrayList<>();
  final Map<WorkerId, Revision> code = new TreeMap<>();
  private final Map<WorkerId, JobView> jobs = new TreeMap<>();
  private final Map<WorkerId, Program> programs = new TreeMap<>();

  /** Machines on which no code can be installed. */
  final Set<WorkerId> spoiled = new TreeSet<>();

  private final Map<String, String> templates = new HashMap<>();

  /** How often the objects of a backfill were listed. */
  int listings;

  /** Messages that wait in every queue. */
  long backlog;

  /** Age of the oldest message, where CloudWatch tells it. */
  Optional<Duration> oldest = Optional.empty();

  /** Whether queues can be read. */
  boolean queuesAreShown = true;

  PipelineWorld(Clock clock) {
    this.clock = clock;
  }

  @Override
  public QueuePort queues(String region) {
    return new Queues();
  }

  @Override
  public BucketPort buckets(String region) {
    return new Buckets();
  }

  @Override
  public Way<TablePort> tables(Observed<EsAccess> cluster, Secrets secrets) {
    TablePort none = new NoTables(cluster.ifKnown().map(EsAccess::toString).orElse("no cluster"));
    return new Way<>(cluster.ifKnown().isPresent() ? new Tables() : none, () -> {});
  }

  @Override
  public Way<WorkerPort> workers(WorkerAccess access, Secrets secrets) {
    return new Way<>(new Workers(), () -> {});
  }

  private final class Queues implements QueuePort {
    @Override
    public Observed<Optional<QueueView>> read(QueueName queue) {
      return queuesAreShown
          ? Observed.known(Optional.ofNullable(queues.get(queue)).map(this::view))
          : Observed.unknown("allow sqs:GetQueueAttributes in the policy of Caretaker's role");
    }

    private QueueView view(QueueAttributes attributes) {
      return new QueueView(attributes, backlog, 0, 0, oldest, Optional.empty());
    }

    @Override
    public Observed<QueueTraffic> traffic(QueueName queue, Instant since) {
      return Observed.known(QueueTraffic.NONE);
    }

    @Override
    public void perform(PipelineId pipeline, PipelineAction.OnQueue action) {
      changes.add(action);
      if (action instanceof PipelineAction.CreateQueue create) {
        queues.put(create.queue(), create.attributes());
      } else if (action instanceof PipelineAction.DeleteQueue delete) {
        queues.remove(delete.queue());
      }
    }
  }

  private final class Buckets implements BucketPort {
    @Override
    public Observed<BucketState> read(BucketName bucket) {
      return Observed.known(buckets.contains(bucket) ? BucketState.USABLE : BucketState.ABSENT);
    }

    @Override
    public Observed<List<SourceObject>> next(Backfill backfill, Optional<SourceObject> after) {
      listings++;
      return Observed.known(List.of());
    }

    @Override
    public void perform(PipelineId pipeline, PipelineAction.OnBucket action) {
      changes.add(action);
      if (action instanceof PipelineAction.CreateBucket create) {
        buckets.add(create.bucket());
      } else if (action instanceof PipelineAction.DeleteBucket delete) {
        buckets.remove(delete.bucket());
      }
    }
  }

  private final class Tables implements TablePort {
    @Override
    public Observed<TableView> read(Table table, Optional<String> timeField) {
      var name = table.alias().value();
      var template = Optional.ofNullable(templates.get(name));
      var own = indices.values().stream().filter(each -> each.name().startsWith(name)).toList();
      return Observed.known(
          new TableView(
              own, new TreeSet<>(), template, Observed.known(timeField.map(field -> newest()))));
    }

    private Instant newest() {
      return clock.instant().minus(Duration.ofHours(1));
    }

    @Override
    public String fingerprint(Table table) {
      return Integer.toHexString(table.mapping().hashCode());
    }

    @Override
    public void perform(PipelineAction.OnTable action) throws PortException {
      changes.add(action);
      if (action instanceof PipelineAction.PutTemplate put) {
        templates.put(put.table().alias().value(), fingerprint(put.table()));
      } else if (action instanceof PipelineAction.CreateIndex create) {
        indices.putIfAbsent(create.index(), index(create.index(), false));
      } else if (action instanceof PipelineAction.WriteTo write) {
        indices.replaceAll((name, each) -> index(name, name.equals(write.index())));
      }
    }

    private IndexView index(String name, boolean written) {
      Observed<Optional<Instant>> none = Observed.known(Optional.empty());
      return new IndexView(
          name,
          "u-" + name,
          clock.instant(),
          written,
          0,
          Bytes.ZERO,
          Observed.unknown("nobody counts"),
          none);
    }
  }

  private final class Workers implements WorkerPort {
    @Override
    public SortedMap<WorkerId, Observed<WorkerView>> read(
        Program program, Collection<WorkerHost> workers) {
      var views = new TreeMap<WorkerId, Observed<WorkerView>>();
      workers.forEach(each -> views.put(each.id(), Observed.known(view(program, each.id()))));
      return views;
    }

    private WorkerView view(Program program, WorkerId id) {
      var since = Optional.ofNullable(runs(program, id) ? running.get(id) : null);
      return new WorkerView(
          since.isPresent() ? WorkerView.State.RUNNING : WorkerView.State.STOPPED,
          since.map(Instant::toString),
          since,
          Optional.ofNullable(code.get(id)),
          since.flatMap(at -> Optional.ofNullable(code.get(id))),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          Optional.ofNullable(jobs.get(id)));
    }

    private boolean runs(Program program, WorkerId id) {
      return running.containsKey(id) && program.equals(programs.getOrDefault(id, program));
    }

    private void update(WorkerId id, PipelineAction.UpdateCode update) {
      boolean well = !spoiled.contains(id);
      var exit = OptionalInt.of(well ? 0 : 1);
      jobs.put(id, new JobView(update.job(), exit, well ? "done" : "no space left on device"));
      if (well) {
        code.put(id, update.code().revision());
      }
    }

    @Override
    public SortedMap<WorkerId, PortException> perform(List<OnWorker> actions) {
      for (var action : actions) {
        changes.add(action);
        if (action instanceof PipelineAction.StartProgram start) {
          running.putIfAbsent(start.worker().id(), clock.instant());
          programs.put(start.worker().id(), start.program());
        } else if (action instanceof PipelineAction.StopProgram stop) {
          running.remove(stop.worker().id());
        } else if (action instanceof PipelineAction.UpdateCode update) {
          update(action.worker().id(), update);
        }
      }
      return new TreeMap<>();
    }
  }
}
