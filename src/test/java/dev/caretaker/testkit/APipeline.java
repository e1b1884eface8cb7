package dev.caretaker.testkit;

import dev.caretaker.kernel.Observed;
import dev.caretaker.kernel.Utility;
import dev.caretaker.pipeline.PipelineDecider;
import dev.caretaker.pipeline.PipelineDecision;
import dev.caretaker.pipeline.PipelineProgress;
import dev.caretaker.pipeline.action.PipelineAction;
import dev.caretaker.pipeline.action.PipelineOutcome;
import dev.caretaker.pipeline.guard.PipelineRules;
import dev.caretaker.pipeline.model.BucketName;
import dev.caretaker.pipeline.model.BucketState;
import dev.caretaker.pipeline.model.ClusterView;
import dev.caretaker.pipeline.model.FleetView;
import dev.caretaker.pipeline.model.PipelineView;
import dev.caretaker.pipeline.model.QueueAttributes;
import dev.caretaker.pipeline.model.QueueTraffic;
import dev.caretaker.pipeline.model.QueueView;
import dev.caretaker.pipeline.model.SourceObject;
import dev.caretaker.pipeline.model.TableName;
import dev.caretaker.pipeline.model.TableView;
import dev.caretaker.pipeline.model.WorkerId;
import dev.caretaker.pipeline.model.WorkerView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A pipeline in a small world of its own, where what is asked is done at once: queue {@code work},
 * dead letters {@code dead}, bucket {@code sources}, table {@code coverage} of a day.
 */
public final class APipeline {
  public static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
  public static final TableName COVERAGE = new TableName("coverage");

  public final AWish wish = new AWish();
  public final ATable coverage = new ATable();
  public Observed<Optional<QueueView>> queue = Observed.known(Optional.empty());
  public Observed<Optional<QueueView>> dead = Observed.known(Optional.empty());
  public BucketState bucket = BucketState.ABSENT;
  public Observed<ClusterView> cluster =
      Observed.known(new ClusterView(true, false, Optional.empty()));
  public Observed<List<SourceObject>> source = Observed.known(List.of());
  public Optional<String> fleetLimit = Optional.empty();
  public boolean fleetRead = true;
  public boolean tablesRead = true;
  public boolean mappingRead = true;
  public List<String> otherOwners = List.of();
  public Instant now = NOW;
  public PipelineProgress progress = PipelineProgress.NONE;
  public List<PipelineOutcome> outcomes = List.of();
  private final TreeMap<WorkerId, AWorker> workers = new TreeMap<>();
  private final PipelineDecider decider;

  private APipeline(PipelineRules rules) {
    this.decider = new PipelineDecider(rules);
  }

  /** Nothing of it is there yet. */
  public static APipeline aNewPipeline() {
    return new APipeline(PipelineRules.standard());
  }

  /** Everything is in place, and these machines work on revision {@code r1}. */
  public static APipeline aPipeline(String... machines) {
    return aPipeline(PipelineRules.standard(), machines);
  }

  /** The same under other rules. */
  public static APipeline aPipeline(PipelineRules rules, String... machines) {
    var pipeline = new APipeline(rules);
    pipeline.queueHolds(0);
    pipeline.dead = Observed.known(Optional.of(queue(0, pipeline.wish.deadAttributes())));
    pipeline.bucket = BucketState.USABLE;
    pipeline.coverage.established("coverage20261128_000000");
    for (var machine : machines) {
      pipeline.with(AWorker.aWorker(machine).has("r1").runs(NOW.minus(Duration.ofHours(1))));
    }
    return pipeline;
  }

  public APipeline queueHolds(long messages) {
    queue = Observed.known(Optional.of(queue(messages, wish.attributes())));
    return this;
  }

  private static QueueView queue(long messages, QueueAttributes attributes) {
    return new QueueView(attributes, messages, 0, 0, Optional.empty(), Optional.empty());
  }

  public APipeline with(AWorker worker) {
    workers.put(worker.id, worker);
    return this;
  }

  public void loses(String worker) {
    workers.remove(new WorkerId(worker));
  }

  public AWorker worker(String id) {
    return worker(new WorkerId(id));
  }

  private AWorker worker(WorkerId id) {
    return Objects.requireNonNull(workers.get(id), () -> "no machine " + id);
  }

  public List<AWorker> workers() {
    return List.copyOf(workers.values());
  }

  public PipelineView view() {
    var buckets = new TreeMap<BucketName, Observed<BucketState>>();
    buckets.put(AWish.BUCKET, Observed.known(bucket));
    var tables = new TreeMap<TableName, Observed<TableView>>();
    tables.put(
        COVERAGE,
        tablesRead ? Observed.known(coverage.view()) : Observed.unknown("search timed out"));
    var templates = new TreeMap<TableName, String>();
    if (mappingRead) {
      templates.put(COVERAGE, ATable.TEMPLATE);
    }
    var seen = new TreeMap<WorkerId, Observed<WorkerView>>();
    workers.forEach((id, worker) -> seen.put(id, worker.view()));
    var hosts = workers.values().stream().map(AWorker::host).toList();
    return new PipelineView(
        now,
        queue,
        dead,
        Observed.known(QueueTraffic.NONE),
        buckets,
        tables,
        templates,
        cluster,
        fleetRead
            ? Observed.known(new FleetView(hosts, Utility.ZERO, fleetLimit))
            : Observed.unknown("no answer from the API server"),
        seen,
        source,
        otherOwners);
  }

  /** Looks and decides, and changes nothing. */
  public PipelineDecision looks() {
    return decider.decide(wish.policy(), view(), progress, outcomes, now);
  }

  /** Decides, saves and acts; a quarter of a minute passes. */
  public PipelineDecision passes() {
    var decision = looks();
    progress = decision.progress();
    var done = new ArrayList<PipelineOutcome>();
    for (var action : decision.actions()) {
      perform(action);
      done.add(new PipelineOutcome.Done(action, now));
    }
    outcomes = done;
    now = now.plusSeconds(15);
    return decision;
  }

  /** The last of several passes. */
  public PipelineDecision passes(int times) {
    for (int i = 1; i < times; i++) {
      passes();
    }
    return passes();
  }

  /** Decides, saves, and the actions fail so; a minute passes. */
  public PipelineDecision passesInVain(String sentence) {
    var decision = looks();
    progress = decision.progress();
    outcomes =
        decision.actions().stream()
            .map(
                action ->
                    (PipelineOutcome) new PipelineOutcome.Failed(action, sentence, false, now))
            .toList();
    now = now.plusSeconds(60);
    return decision;
  }

  public APipeline later(Duration time) {
    now = now.plus(time);
    return this;
  }

  private void perform(PipelineAction action) {
    if (action instanceof PipelineAction.CreateQueue create) {
      var made = Observed.known(Optional.of(queue(0, create.attributes())));
      if (create.queue().equals(AWish.QUEUE)) {
        queue = made;
      } else {
        dead = made;
      }
    } else if (action instanceof PipelineAction.CreateBucket) {
      bucket = BucketState.USABLE;
    } else if (action instanceof PipelineAction.DeleteBucket) {
      bucket = BucketState.ABSENT;
    } else if (action instanceof PipelineAction.DeleteQueue delete) {
      delete(delete);
    } else if (action instanceof PipelineAction.OnTable table) {
      perform(table);
    } else if (action instanceof PipelineAction.OnWorker worker) {
      perform(worker);
    }
  }

  private void delete(PipelineAction.DeleteQueue delete) {
    if (delete.queue().equals(AWish.QUEUE)) {
      queue = Observed.known(Optional.empty());
    } else {
      dead = Observed.known(Optional.empty());
    }
  }

  private void perform(PipelineAction.OnTable action) {
    if (action instanceof PipelineAction.PutTemplate) {
      coverage.template(ATable.TEMPLATE);
    } else if (action instanceof PipelineAction.CreateIndex create) {
      coverage.lookAlike(create.index());
    } else if (action instanceof PipelineAction.WriteTo write) {
      coverage.index(write.index()).writes(write.index());
    } else if (action instanceof PipelineAction.DeleteIndex delete) {
      coverage.delete(delete.index());
    }
  }

  private void perform(PipelineAction.OnWorker action) {
    var worker = worker(action.worker().id());
    if (action instanceof PipelineAction.StartProgram) {
      worker.runs(now);
    } else if (action instanceof PipelineAction.StopProgram) {
      worker.stops();
    } else if (action instanceof PipelineAction.UpdateCode update) {
      worker.begins(update.job());
      wish.jobs.ends(worker, update);
    } else if (action instanceof PipelineAction.RunTrial trial) {
      worker.begins(trial.job());
    }
  }
}
