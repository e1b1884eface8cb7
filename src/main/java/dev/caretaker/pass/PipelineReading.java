package dev.caretaker.pass;

import dev.caretaker.kernel.Observed;
import dev.caretaker.pipeline.PipelineProgress;
import dev.caretaker.pipeline.model.BucketName;
import dev.caretaker.pipeline.model.BucketState;
import dev.caretaker.pipeline.model.FleetView;
import dev.caretaker.pipeline.model.PipelineView;
import dev.caretaker.pipeline.model.QueueTraffic;
import dev.caretaker.pipeline.model.QueueView;
import dev.caretaker.pipeline.model.SourceObject;
import dev.caretaker.pipeline.model.Table;
import dev.caretaker.pipeline.model.TableName;
import dev.caretaker.pipeline.model.TableView;
import dev.caretaker.pipeline.model.WorkerId;
import dev.caretaker.pipeline.model.WorkerView;
import dev.caretaker.pipeline.policy.PipelinePolicy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads all that a decision about a pipeline needs. */
public final class PipelineReading {
  /** At the first look: an hour of the week counts once it was seen, and a day of grace. */
  private static final Duration HISTORY = Duration.ofDays(9);

  private final PipelineWays ways;
  private final Clock clock;

  /** A reading; asks nothing yet. */
  public PipelineReading(PipelineWays ways, Clock clock) {
    this.ways = ways;
    this.clock = clock;
  }

  /** Reads everything once; what could not be read is unknown in it. */
  public PipelineView read(
      PipelinePolicy policy, PipelineProgress progress, PipelineNeighbours neighbours) {
    var now = clock.instant();
    var queue = ways.queues().read(policy.queue().name());
    return new PipelineView(
        now,
        queue,
        deadLetter(policy),
        traffic(policy, queue, progress, now),
        buckets(policy),
        tables(policy),
        templates(policy),
        neighbours.cluster(),
        neighbours.fleet(),
        workers(policy, neighbours.fleet()),
        source(policy, progress),
        neighbours.otherOwners());
  }

  private Observed<Optional<QueueView>> deadLetter(PipelinePolicy policy) {
    return policy
        .queue()
        .attributes()
        .deadLetter()
        .map(each -> ways.queues().read(each.queue()))
        .orElseGet(() -> Observed.known(Optional.empty()));
  }

  /** Of a queue that is not there nothing was ever told. */
  private Observed<QueueTraffic> traffic(
      PipelinePolicy policy,
      Observed<Optional<QueueView>> queue,
      PipelineProgress progress,
      Instant now) {
    if (queue.ifKnown().filter(Optional::isEmpty).isPresent()) {
      return Observed.known(QueueTraffic.NONE);
    }
    var earliest = now.minus(HISTORY);
    var since = progress.flow().countedTo().filter(earliest::isBefore).orElse(earliest);
    return ways.queues().traffic(policy.queue().name(), since);
  }

  private SortedMap<BucketName, Observed<BucketState>> buckets(PipelinePolicy policy) {
    var buckets = new TreeMap<BucketName, Observed<BucketState>>();
    policy.buckets().keySet().forEach(each -> buckets.put(each, ways.buckets().read(each)));
    return buckets;
  }

  private SortedMap<TableName, Observed<TableView>> tables(PipelinePolicy policy) {
    var tables = new TreeMap<TableName, Observed<TableView>>();
    for (var each : policy.tables()) {
      tables.put(each.alias(), ways.tables().read(each, timeField(policy, each)));
    }
    return tables;
  }

  private static Optional<String> timeField(PipelinePolicy policy, Table table) {
    return policy
        .freshness()
        .filter(each -> each.alias().equals(table.alias()))
        .map(each -> each.field());
  }

  private SortedMap<TableName, String> templates(PipelinePolicy policy) {
    var templates = new TreeMap<TableName, String>();
    for (var each : policy.tables()) {
      if (!each.mapping().isEmpty()) {
        templates.put(each.alias(), ways.tables().fingerprint(each));
      }
    }
    return templates;
  }

  private SortedMap<WorkerId, Observed<WorkerView>> workers(
      PipelinePolicy policy, Observed<FleetView> fleet) {
    var hosts = fleet.ifKnown().map(FleetView::hosts).orElse(List.of());
    return ways.workers().read(policy.program(), hosts);
  }

  /** What a backfill may still send; a listing takes many calls, so none is made without need. */
  private Observed<List<SourceObject>> source(PipelinePolicy policy, PipelineProgress progress) {
    var backfill = policy.backfill();
    if (backfill.isEmpty() || policy.deleting()) {
      return Observed.unknown("there is no backfill");
    }
    boolean done =
        progress
            .backfill()
            .filter(each -> each.range().equals(backfill.get().range()) && each.done())
            .isPresent();
    return done
        ? Observed.known(List.of())
        : ways.buckets().next(backfill.get(), progress.sentOf(backfill.get()));
  }
}
