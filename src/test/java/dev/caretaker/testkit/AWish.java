package dev.caretaker.testkit;

import dev.caretaker.kernel.Utility;
import dev.caretaker.pipeline.action.PipelineAction;
import dev.caretaker.pipeline.model.Backfill;
import dev.caretaker.pipeline.model.BucketName;
import dev.caretaker.pipeline.model.Code;
import dev.caretaker.pipeline.model.Code.OnFailure;
import dev.caretaker.pipeline.model.PipelineId;
import dev.caretaker.pipeline.model.Program;
import dev.caretaker.pipeline.model.QueueAttributes;
import dev.caretaker.pipeline.model.QueueName;
import dev.caretaker.pipeline.model.Revision;
import dev.caretaker.pipeline.model.Table;
import dev.caretaker.pipeline.policy.DemandPolicy;
import dev.caretaker.pipeline.policy.DiskCare;
import dev.caretaker.pipeline.policy.Freshness;
import dev.caretaker.pipeline.policy.PipelinePolicy;
import dev.caretaker.pipeline.policy.PipelinePolicy.Deletion;
import dev.caretaker.pipeline.policy.QueuePolicy;
import dev.caretaker.pipeline.policy.Trial;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** What is asked of {@link APipeline}; a test changes only what it is about. */
public final class AWish {
  public static final QueueName QUEUE = new QueueName("work");
  public static final QueueName DEAD = new QueueName("dead");
  public static final BucketName BUCKET = new BucketName("sources");

  /** How a job that was begun ends, in the small world of tests. */
  public interface Jobs {
    void ends(AWorker worker, PipelineAction.UpdateCode update);
  }

  public boolean running = true;
  public boolean create = true;
  public String revision = "r1";
  public int atOnce = 2;
  public OptionalDouble spareAbove = OptionalDouble.empty();
  public OnFailure onFailure = OnFailure.REPORT;
  public boolean withTrial = true;
  public Optional<Instant> restartedAt = Optional.empty();
  public Duration rollover = Duration.ofDays(1);
  public Optional<Duration> keep = Optional.empty();
  public Optional<String> snapshot = Optional.empty();
  public Duration margin = Duration.ofDays(2);
  public Optional<Backfill> backfill = Optional.empty();
  public Optional<Freshness> freshness = Optional.empty();
  public Optional<DiskCare> disk = Optional.empty();
  public Deletion deletion = Deletion.ORPHAN;
  public boolean paused;
  public boolean deleting;
  public Jobs jobs =
      (worker, update) -> worker.has(update.code().revision().value()).ends(0, "done");

  public QueueAttributes attributes() {
    return new QueueAttributes(
        Duration.ofDays(14),
        Duration.ofMinutes(30),
        Optional.of(new QueueAttributes.DeadLetter(DEAD, 12)));
  }

  QueueAttributes deadAttributes() {
    return new QueueAttributes(Duration.ofDays(14), Duration.ofMinutes(30), Optional.empty());
  }

  public Table coverage() {
    return new Table(APipeline.COVERAGE, rollover, keep, 24, 1, "{}", snapshot);
  }

  PipelinePolicy policy() {
    var buckets = new TreeMap<BucketName, Boolean>();
    buckets.put(BUCKET, create);
    return new PipelinePolicy(
        new PipelineId("default", "etl", "uid-1"),
        running,
        new QueuePolicy(QUEUE, attributes(), create),
        buckets,
        List.of(coverage()),
        new Program("etl:*", Optional.of("/home/etl")),
        Optional.of(code()),
        trial(),
        new DemandPolicy(margin, Duration.ofHours(4), 40, Utility.ZERO, Utility.of("400")),
        backfill,
        freshness,
        disk,
        deletion,
        paused,
        deleting);
  }

  private Code code() {
    return new Code(
        "https://example.test/etl.git",
        "etl",
        new Revision(revision),
        atOnce,
        spareAbove,
        Duration.ofHours(1),
        onFailure);
  }

  private Optional<Trial> trial() {
    return withTrial
        ? Optional.of(
            new Trial("./try", List.of(APipeline.COVERAGE), Duration.ofMinutes(20), restartedAt))
        : Optional.empty();
  }
}
