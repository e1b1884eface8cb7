package dev.caretaker.pass;

import dev.caretaker.kernel.Observed;
import dev.caretaker.pipeline.PipelineProgress;
import dev.caretaker.pipeline.model.BucketName;
import dev.caretaker.pipeline.model.BucketState;
import dev.caretaker.pipeline.model.FleetView;
import dev.caretaker.pipeline.model.PipelineView;
import dev.caretaker.pipeline.model.QueueView;
import dev.caretaker.pipeline.model.SourceObject;
import dev.caretaker.pipeline.model.TableName;
import dev.caretaker.pipeline.model.TableView;
import dev.caretaker.pipeline.policy.Freshness;
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
  /** At the first look; an hour of the week counts once it was seen, and a day of grace. */
  private static final Duration TRAFFIC = Duration.ofDays(9);

  private final PipelinePorts ports;
  private final Clock clock;

  /** A reading; asks nothing yet. */
  public PipelineReading(PipelinePorts ports, Clock clock) {
    this.ports = ports;
    this.clock = clock;
  }

  /**
   * Reads everything once; what could not be read is unknown in it.
   *
   * @param otherOwners older resources that name the same queue or table
   */
  public PipelineView read(
      PipelinePolicy policy, PipelineProgress progress, List<String> otherOwners) {
    var now = clock.instant();
    var name = policy.queue().name();
    var queue = ports.queues().read(name);
    var traffic = ports.queues().traffic(name, trafficSince(progress, now));
    var fleet = ports.fleet().get();
    var hosts = fleet.ifKnown().map(FleetView::hosts).orElse(List.of());
    var workers = ports.workers().read(policy.program(), hosts);
    var templates = new TreeMap<TableName, String>();
    // Without its mapping nobody can say what its template should be.
    policy.tables().stream()
        .filter(each -> !each.mapping().isEmpty())
        .forEach(each -> templates.put(each.alias(), ports.tables().fingerprint(each)));
    return new PipelineView(
        now,
        queue,
        deadLetter(policy),
        traffic,
        buckets(policy),
        tables(policy),
        templates,
        policy.tables().isEmpty()
            ? Observed.unknown("the spec names no tables")
            : ports.cluster().get(),
        fleet,
        workers,
        source(policy, progress),
        otherOwners);
  }

  private static Instant trafficSince(PipelineProgress progress, Instant now) {
    var earliest = now.minus(TRAFFIC);
    return progress.flow().countedTo().filter(earliest::isBefore).orElse(earliest);
  }

  private Observed<Optional<QueueView>> deadLetter(PipelinePolicy policy) {
    return policy
        .queue()
        .attributes()
        .deadLetter()
        .map(each -> ports.queues().read(each.queue()))
        .orElseGet(() -> Observed.unknown("the spec names no dead-letter queue"));
  }

  private SortedMap<BucketName, Observed<BucketState>> buckets(PipelinePolicy policy) {
    var buckets = new TreeMap<BucketName, Observed<BucketState>>();
    policy.buckets().keySet().forEach(each -> buckets.put(each, ports.buckets().read(each)));
    return buckets;
  }

  private SortedMap<TableName, Observed<TableView>> tables(PipelinePolicy policy) {
    var tables = new TreeMap<TableName, Observed<TableView>>();
    for (var table : policy.tables()) {
      var field =
          policy
              .freshness()
              .filter(each -> each.alias().equals(table.alias()))
              .map(Freshness::field);
      tables.put(table.alias(), ports.tables().read(table, field));
    }
    return tables;
  }

  private Observed<List<SourceObject>> source(PipelinePolicy policy, PipelineProgress progress) {
    return policy
        .backfill()
        .filter(each -> !progress.isDone(each))
        .map(each -> ports.buckets().next(each, progress.sentOf(each)))
        .orElseGet(() -> Observed.unknown("no backfill is to be done"));
  }
}
