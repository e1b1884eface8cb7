package dev.caretaker.mapping;

import dev.caretaker.api.EtlBackfillSpec;
import dev.caretaker.api.EtlBucketSpec;
import dev.caretaker.api.EtlPipeline;
import dev.caretaker.api.EtlPipelineSpec;
import dev.caretaker.api.EtlQueueSpec;
import dev.caretaker.api.EtlScaleSpec;
import dev.caretaker.api.EtlShapes;
import dev.caretaker.api.EtlThroughputSpec;
import dev.caretaker.api.FleetShapes;
import dev.caretaker.kernel.Utility;
import dev.caretaker.mapping.PipelineCare.OfFleet;
import dev.caretaker.mapping.Problem.Rule;
import dev.caretaker.mapping.SpecReading.Shape;
import dev.caretaker.pipeline.model.Backfill;
import dev.caretaker.pipeline.model.Backfill.Order;
import dev.caretaker.pipeline.model.BucketName;
import dev.caretaker.pipeline.model.PipelineId;
import dev.caretaker.pipeline.model.QueueAttributes;
import dev.caretaker.pipeline.model.QueueName;
import dev.caretaker.pipeline.policy.DemandPolicy;
import dev.caretaker.pipeline.policy.Freshness;
import dev.caretaker.pipeline.policy.PipelinePolicy;
import dev.caretaker.pipeline.policy.PipelinePolicy.Deletion;
import dev.caretaker.pipeline.policy.QueuePolicy;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Turns the spec of an EtlPipeline into a policy, or into a list of everything wrong with it. */
public final class PipelinePolicyParser {
  private static final String MISFIT = "has a value of a type that does not fit here";

  /** The most that SQS can; nobody wants to lose a message sooner. */
  private static final Duration RETENTION = Duration.ofDays(14);

  private static final Duration VISIBILITY = Duration.ofMinutes(30);
  private static final Duration MARGIN = Duration.ofDays(2);

  /** People look at today's data, even where they did not say so. */
  private static final Duration DRAIN_WITHIN = Duration.ofDays(1);

  private static final int RECEIVES = 12;
  private static final EtlQueueSpec NO_QUEUE = new EtlQueueSpec(null, null, null, null, null, null);

  private final SpecReading reading = new SpecReading();
  private final PipelineTablesParser tables = new PipelineTablesParser(reading);
  private final PipelineId id;

  private PipelinePolicyParser(PipelineId id) {
    this.id = id;
  }

  /** Whether workers shall work. */
  private enum State {
    RUNNING,
    STOPPED
  }

  /** Which pipeline a resource is. */
  public static PipelineId id(EtlPipeline resource) {
    var metadata = resource.getMetadata();
    return new PipelineId(metadata.getNamespace(), metadata.getName(), metadata.getUid());
  }

  /** Parses a spec as the wish of a pipeline. */
  public static Parsed<PipelineCare> parse(PipelineId id, @Nullable EtlPipelineSpec spec) {
    if (spec == null) {
      return new Parsed<>(Optional.empty(), List.of(new Problem("spec", Rule.TYPE, "is missing")));
    }
    return new PipelinePolicyParser(id).read(spec);
  }

  private Parsed<PipelineCare> read(EtlPipelineSpec spec) {
    spec.unreadable().forEach(each -> reading.problem(each, Rule.TYPE, MISFIT));
    var queue = spec.queue() == null ? NO_QUEUE : spec.queue();
    var region = reading.shaped("spec.queue.region", queue.region(), Shape.REGION).orElse("");
    tables.read(spec.tables());
    var workers = new PipelineWorkersParser(reading, spec.workers(), spec.process());
    var machines = workers.machines();
    var access = workers.access(region);
    boolean fleet = machines.filter(OfFleet.class::isInstance).isPresent();
    var policy = policy(spec, queue, workers, fleet);
    if (!reading.problems().isEmpty() || machines.isEmpty() || access.isEmpty()) {
      return new Parsed<>(Optional.empty(), reading.problems());
    }
    return new Parsed<>(
        Optional.of(
            new PipelineCare(
                policy, region, tables.mappings(), tables.cluster(), machines.get(), access.get())),
        List.of());
  }

  /** Of no use where a problem was met. */
  private PipelinePolicy policy(
      EtlPipelineSpec spec, EtlQueueSpec queue, PipelineWorkersParser workers, boolean fleet) {
    var asked = queue(queue);
    var buckets = buckets(spec.buckets());
    var freshness = tables.freshness(spec.freshness());
    return new PipelinePolicy(
        id,
        word("spec.state", spec.state(), State.RUNNING, State.values()) == State.RUNNING,
        asked,
        buckets,
        tables.tables(),
        workers.program(),
        workers.code(spec.code()),
        tables.trial(spec.verify()),
        demand(spec, asked.attributes().retention(), freshness, fleet),
        Optional.ofNullable(spec.backfill()).flatMap(each -> backfill(each, buckets)),
        freshness,
        workers.disk(spec.disk()),
        word("spec.deletionPolicy", spec.deletionPolicy(), Deletion.ORPHAN, Deletion.values()),
        Boolean.TRUE.equals(spec.paused()),
        false);
  }

  private <T> T word(String path, @Nullable String text, T byDefault, T[] values) {
    return reading.word(path, text, Optional.of(byDefault), values).orElse(byDefault);
  }

  private QueuePolicy queue(EtlQueueSpec spec) {
    var path = "spec.queue";
    var name = reading.shaped(path + ".name", spec.name(), Shape.ETL_QUEUE).orElse("");
    var retention = reading.lasts(path + ".retention", spec.retention(), Shape.RETENTION);
    var visibility = reading.lasts(path + ".visibility", spec.visibility(), Shape.VISIBILITY);
    var deadLetter = Optional.ofNullable(spec.deadLetter()).map(this::deadLetter);
    if (deadLetter.filter(each -> each.queue().value().equals(name)).isPresent()) {
      reading.problem(path + ".deadLetter", Rule.TOGETHER, "must be another queue");
    }
    return new QueuePolicy(
        new QueueName(name),
        new QueueAttributes(retention.orElse(RETENTION), visibility.orElse(VISIBILITY), deadLetter),
        Boolean.TRUE.equals(spec.create()));
  }

  private QueueAttributes.DeadLetter deadLetter(EtlQueueSpec.DeadLetter spec) {
    var path = "spec.queue.deadLetter";
    return new QueueAttributes.DeadLetter(
        new QueueName(reading.shaped(path + ".name", spec.name(), Shape.ETL_QUEUE).orElse("")),
        reading.number(path + ".after", spec.after(), RECEIVES, 1, 1000));
  }

  private SortedMap<BucketName, Boolean> buckets(@Nullable List<EtlBucketSpec> given) {
    var buckets = new TreeMap<BucketName, Boolean>();
    var seen = new HashSet<String>();
    int index = 0;
    for (var each : reading.entries("spec.buckets", given, 0, EtlShapes.MOST_BUCKETS)) {
      var create = Boolean.TRUE.equals(each.create());
      reading
          .shapedOnce("spec.buckets[" + index++ + "].name", each.name(), Shape.BUCKET, seen)
          .ifPresent(name -> buckets.put(new BucketName(name), create));
    }
    return buckets;
  }

  private DemandPolicy demand(
      EtlPipelineSpec spec, Duration retention, Optional<Freshness> freshness, boolean fleet) {
    var scale = spec.scale();
    var throughput = spec.throughput();
    if (fleet != (scale != null) || fleet != (throughput != null)) {
      reading.problem(
          "spec.scale",
          Rule.TOGETHER,
          "and spec.throughput say how machines of a fleet are asked for: give both with"
              + " spec.workers.fleet, none with spec.workers.esCluster");
    }
    var margin = margin(spec, retention);
    var safe = retention.minus(margin);
    var wanted = freshness.map(Freshness::within).orElse(DRAIN_WITHIN);
    return new DemandPolicy(
        margin,
        wanted.compareTo(safe) < 0 ? wanted : safe,
        throughput == null ? 1 : perUtilityHour(throughput),
        scale == null ? Utility.ZERO : least(scale),
        scale == null ? Utility.ZERO : utility("spec.scale.max", scale.max()));
  }

  private Duration margin(EtlPipelineSpec spec, Duration retention) {
    var path = "spec.deadline.margin";
    var given = spec.deadline() == null ? null : spec.deadline().margin();
    var margin = reading.lasts(path, given, Shape.RETENTION).orElse(MARGIN);
    if (margin.compareTo(retention) >= 0) {
      reading.problem(
          "spec.queue.retention",
          Rule.TOGETHER,
          "must be longer than spec.deadline.margin (2d by default): raise the one, to at most 14d,"
              + " or lower the other");
    }
    return margin;
  }

  private double perUtilityHour(EtlThroughputSpec spec) {
    var path = "spec.throughput.messagesPerUtilityHour";
    var guess = spec.messagesPerUtilityHour();
    if (guess == null) {
      reading.problem(path, Rule.TYPE, "is missing; guess, it is measured afterwards");
      return 1;
    }
    if (!(guess >= 0.001 && guess <= 1e9)) {
      reading.problem(path, Rule.RANGE, "is not between 0.001 and 1000000000");
    }
    return guess;
  }

  private Utility least(EtlScaleSpec spec) {
    if (spec.min() != null && spec.max() != null && spec.min() > spec.max()) {
      reading.problem("spec.scale.min", Rule.TOGETHER, "must not be above max");
    }
    return spec.min() == null ? Utility.ZERO : utility("spec.scale.min", spec.min());
  }

  private Utility utility(String path, @Nullable Integer value) {
    if (value == null) {
      reading.problem(path, Rule.TYPE, "is missing");
    }
    int number = reading.number(path, value, 0, 0, FleetShapes.MOST_UTILITY);
    return new Utility(Math.max(0, number) * 1000L);
  }

  private Optional<Backfill> backfill(
      EtlBackfillSpec spec, SortedMap<BucketName, Boolean> buckets) {
    var path = "spec.backfill";
    var bucket = reading.shaped(path + ".bucket", spec.bucket(), Shape.BUCKET).map(BucketName::new);
    if (bucket.isPresent() && !buckets.containsKey(bucket.get())) {
      reading.problem(
          path + ".bucket", Rule.TOGETHER, "\"" + bucket.get() + "\" is not in spec.buckets");
    }
    var prefix = reading.shapedOrNone(path + ".prefix", spec.prefix(), Shape.PREFIX);
    var from = reading.required(path + ".from", spec.from());
    var to = reading.required(path + ".to", spec.to());
    if (from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())) {
      reading.problem(path + ".from", Rule.TOGETHER, "must be before to");
    }
    var order = word(path + ".order", spec.order(), Order.NEWEST_FIRST, Order.values());
    int limit = reading.number(path + ".limit", spec.limit(), 1000, 1, 10_000);
    int onlyBelow = reading.number(path + ".onlyBelow", spec.onlyBelow(), 100, 1, 10_000_000);
    if (bucket.isEmpty() || from.isEmpty() || to.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Backfill(
            bucket.get(), prefix.orElse(""), from.get(), to.get(), order, limit, onlyBelow));
  }
}
