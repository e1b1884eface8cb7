package dev.caretaker.world.pipeline.simulation;

import dev.caretaker.kernel.Utility;
import dev.caretaker.pipeline.model.Backfill;
import dev.caretaker.pipeline.model.BucketName;
import dev.caretaker.pipeline.model.Code;
import dev.caretaker.pipeline.model.PipelineId;
import dev.caretaker.pipeline.model.Program;
import dev.caretaker.pipeline.model.QueueAttributes;
import dev.caretaker.pipeline.model.QueueAttributes.DeadLetter;
import dev.caretaker.pipeline.model.QueueName;
import dev.caretaker.pipeline.model.Revision;
import dev.caretaker.pipeline.model.Table;
import dev.caretaker.pipeline.model.TableName;
import dev.caretaker.pipeline.policy.DemandPolicy;
import dev.caretaker.pipeline.policy.DiskCare;
import dev.caretaker.pipeline.policy.Freshness;
import dev.caretaker.pipeline.policy.PipelinePolicy;
import dev.caretaker.pipeline.policy.PipelinePolicy.Deletion;
import dev.caretaker.pipeline.policy.QueuePolicy;
import dev.caretaker.pipeline.policy.Trial;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** The spec as it stands, and its changes. */
final class Wishes {
  static final PipelineId ID = new PipelineId("default", "coverage", "7c1a");
  static final QueueName QUEUE = new QueueName("etl");
  static final QueueName DEAD = new QueueName("etl-dead");
  static final BucketName BUCKET = new BucketName("etl-source");
  static final TableName FIRST = new TableName("coverage");
  static final TableName SECOND = new TableName("unittest");
  private static final Program PROGRAM = new Program("etl:*", Optional.of("/srv/etl"));

  QueueAttributes attributes =
      new QueueAttributes(
          Duration.ofHours(4), Duration.ofMinutes(10), Optional.of(new DeadLetter(DEAD, 3)));
  boolean running = true;
  boolean create = true;
  boolean createBucket = true;
  final List<Table> tables = new ArrayList<>();
  Revision revision = new Revision("r1");
  int atOnce = 1;
  OptionalDouble spareAboveCpu = OptionalDouble.empty();
  Duration spareFor = Duration.ofMinutes(20);
  Code.OnFailure onFailure = Code.OnFailure.REPORT;
  boolean tries = true;
  Optional<Instant> restartedAt = Optional.empty();
  Duration margin = Duration.ofMinutes(40);
  Duration drainWithin = Duration.ofMinutes(60);
  double perUtilityHour = 30;
  Utility min = Utility.ZERO;
  Utility max = Utility.of(20);
  Optional<Backfill> backfill = Optional.empty();
  boolean caresForDisk;
  Deletion deletion = Deletion.ORPHAN;
  boolean paused;
  boolean deleting;

  /** Older resources that name the same queue. */
  List<String> others = List.of();

  private Optional<PipelinePolicy> policy = Optional.empty();
  private Instant changedAt = Instant.MIN;

  /** The spec was written. */
  void change(Instant now) {
    policy = Optional.empty();
    changedAt = now;
  }

  Instant changedAt() {
    return changedAt;
  }

  PipelinePolicy policy() {
    if (policy.isEmpty()) {
      policy = Optional.of(parse());
    }
    return policy.get();
  }

  private PipelinePolicy parse() {
    var buckets = new TreeMap<BucketName, Boolean>();
    buckets.put(BUCKET, createBucket);
    return new PipelinePolicy(
        ID,
        running,
        new QueuePolicy(QUEUE, attributes, create),
        buckets,
        tables,
        PROGRAM,
        Optional.of(new Code("git", "main", revision, atOnce, spareAboveCpu, spareFor, onFailure)),
        tries ? Optional.of(trial()) : Optional.empty(),
        new DemandPolicy(margin, drainWithin, perUtilityHour, min, max),
        backfill,
        Optional.of(new Freshness(FIRST, "at", drainWithin)),
        caresForDisk ? Optional.of(new DiskCare(0.8, List.of("/srv/log/*.log"))) : Optional.empty(),
        deletion,
        paused,
        deleting);
  }

  private Trial trial() {
    var aliases = tables.stream().map(Table::alias).toList();
    var command = new StringBuilder("trial");
    aliases.forEach(alias -> command.append(' ').append(alias));
    return new Trial(command.toString(), aliases, Duration.ofMinutes(20), restartedAt);
  }

  Optional<Revision> codeWanted() {
    return Optional.of(revision);
  }

  Optional<Table> table(TableName alias) {
    return tables.stream().filter(each -> each.alias().equals(alias)).findFirst();
  }
}
