package dev.caretaker.operator;

import dev.caretaker.kernel.Utility;
import dev.caretaker.pass.PipelinePass;
import dev.caretaker.pipeline.PipelineSummary;
import dev.caretaker.pipeline.demand.PipelineDemand;
import dev.caretaker.pipeline.policy.PipelinePolicy;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/** What Prometheus is told of pipelines: backlog, ages, rates, demand and workers. */
final class PipelineMetrics {
  private final MultiGauge messages;
  private final MultiGauge seconds;
  private final MultiGauge rates;
  private final MultiGauge demand;
  private final MultiGauge workers;
  private final MeterRegistry registry;
  private final Map<Tags, Shown> shown = new ConcurrentHashMap<>();

  PipelineMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.messages = gauge("messages", "Messages of a pipeline: visible, in flight, dead...");
    this.seconds =
        gauge("seconds", "Age of the oldest message, time until it is lost, until all is done...");
    this.rates = gauge("messages.per.hour", "Messages that come, are finished, are expected");
    this.demand = gauge("demand", "Utility that a pipeline asks for, and the most it may");
    this.workers = gauge("workers", "Machines of a pipeline, by how they stand");
  }

  private record Shown(PipelinePolicy policy, PipelineSummary summary, Instant at) {}

  private MultiGauge gauge(String name, String description) {
    return MultiGauge.builder("caretaker.pipeline." + name)
        .description(description)
        .register(registry);
  }

  /** One pass ended. Where it saw no queue, the last numbers stay. */
  void passed(HasMetadata pipeline, PipelinePolicy policy, PipelinePass.Outcome outcome) {
    if (outcome.view().queue().ifKnown().isEmpty()) {
      return;
    }
    var about = OperatorMetrics.about(pipeline);
    shown.put(about, new Shown(policy, outcome.decision().summary(), outcome.view().readAt()));
    publish();
  }

  void forget(HasMetadata gone) {
    if (shown.remove(OperatorMetrics.about(gone)) != null) {
      publish();
    }
  }

  private synchronized void publish() {
    register(messages, "what", PipelineMetrics::messages);
    register(seconds, "what", PipelineMetrics::seconds);
    register(rates, "what", PipelineMetrics::rates);
    register(
        demand,
        "what",
        (pipeline, row) -> {
          pipeline
              .summary()
              .demand()
              .map(PipelineDemand::utility)
              .map(Utility::amount)
              .ifPresent(amount -> row.accept("asked", amount));
          row.accept("most", pipeline.policy().demand().max().amount());
        });
    register(workers, "state", PipelineMetrics::workers);
  }

  private static void messages(Shown pipeline, BiConsumer<String, Double> row) {
    var summary = pipeline.summary();
    summary
        .queue()
        .ifPresent(
            queue -> {
              row.accept("visible", (double) queue.visible());
              row.accept("inFlight", (double) queue.inFlight());
              row.accept("delayed", (double) queue.delayed());
            });
    summary.deadLetters().ifPresent(dead -> row.accept("dead", (double) dead));
    summary.backfillSent().ifPresent(sent -> row.accept("backfilled", (double) sent));
  }

  private static void seconds(Shown pipeline, BiConsumer<String, Double> row) {
    var summary = pipeline.summary();
    summary.oldest().ifPresent(age -> row.accept("oldest", seconds(age)));
    summary
        .expiresAt()
        .ifPresent(at -> row.accept("untilExpiry", seconds(Duration.between(pipeline.at(), at))));
    summary.drainTime().ifPresent(time -> row.accept("untilDrained", seconds(time)));
    row.accept("retention", seconds(pipeline.policy().queue().attributes().retention()));
    row.accept("margin", seconds(pipeline.policy().demand().margin()));
    for (var table : summary.tables()) {
      pipeline
          .policy()
          .freshness()
          .filter(each -> each.alias().equals(table.alias()))
          .flatMap(each -> table.newest())
          .ifPresent(at -> row.accept("newest", seconds(Duration.between(at, pipeline.at()))));
    }
  }

  private static double seconds(Duration time) {
    return time.toSeconds();
  }

  private static void rates(Shown pipeline, BiConsumer<String, Double> row) {
    var summary = pipeline.summary();
    summary.arrivalsPerHour().ifPresent(rate -> row.accept("arrivals", rate));
    summary.departuresPerHour().ifPresent(rate -> row.accept("departures", rate));
    summary.forecastPerHour().ifPresent(rate -> row.accept("forecast", rate));
    summary.perUtilityHour().ifPresent(rate -> row.accept("perUtility", rate));
  }

  private static void workers(Shown pipeline, BiConsumer<String, Double> row) {
    var workers = pipeline.summary().workers();
    row.accept("working", (double) workers.working());
    row.accept("held", (double) workers.held());
    row.accept("updating", (double) workers.updating());
    row.accept("outdated", (double) workers.outdated());
    row.accept("failed", (double) workers.failed());
    row.accept("unread", (double) workers.unread());
  }

  private void register(
      MultiGauge gauge, String tag, BiConsumer<Shown, BiConsumer<String, Double>> read) {
    List<MultiGauge.Row<?>> rows = new ArrayList<>();
    shown.forEach(
        (about, pipeline) ->
            read.accept(
                pipeline,
                (word, value) -> rows.add(MultiGauge.Row.of(about.and(tag, word), () -> value))));
    gauge.register(rows, true);
  }
}
