package dev.caretaker.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caretaker.api.EtlPipelineStatus;
import dev.caretaker.api.EtlShapes;
import dev.caretaker.api.StatusCondition;
import dev.caretaker.kernel.Condition;
import dev.caretaker.pipeline.PipelineDecision;
import dev.caretaker.pipeline.PipelineProgress;
import dev.caretaker.pipeline.PipelineSummary;
import dev.caretaker.pipeline.demand.PipelineDemand;
import dev.caretaker.pipeline.model.PipelineView;
import dev.caretaker.pipeline.model.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Writes what was decided of a pipeline into its status. Equal decisions give equal statuses.
 *
 * @param previous the status as it was last read
 * @param spec the spec that counts
 * @param generation of the resource
 * @param now for conditions that change, and for what is left of a time
 */
public record PipelineStatusWriter(
    EtlPipelineStatus previous, SpecInForce<PipelineCare> spec, long generation, Instant now) {

  /** What is saved before acting: the progress, and at first sight that there is more to come. */
  public EtlPipelineStatus beforeActing(PipelineProgress progress) {
    var observed = previous.observedGeneration();
    return carriedOver(
        observed == null ? generation : observed,
        PipelineProgressCodec.encode(progress),
        observed == null ? merged(firstLook()) : previous.conditions());
  }

  /** The last words about a resource that goes before everything was put back. */
  public EtlPipelineStatus leftBehind(String sentence) {
    var last = Condition.yes("Stalled", "NotDeleted", sentence);
    var conditions = Conditions.with(previous.conditions(), last, generation, now);
    return carriedOver(generation, previous.progress(), conditions);
  }

  /** The status of a resource that says nothing usable, and never did: only its problems. */
  public EtlPipelineStatus refused() {
    var sentence = "The spec has problems and there is no earlier good one; nothing is touched.";
    return carriedOver(
        generation,
        previous.progress(),
        merged(
            List.of(
                Condition.no("Ready", "SpecInvalid", sentence),
                Condition.yes("Stalled", "SpecInvalid", sentence))));
  }

  private EtlPipelineStatus carriedOver(
      long observedGeneration,
      @Nullable JsonNode progress,
      @Nullable List<StatusCondition> conditions) {
    return new EtlPipelineStatus(
        observedGeneration,
        previous.queue(),
        previous.rates(),
        previous.demand(),
        previous.tables(),
        previous.workers(),
        previous.stage(),
        previous.doing(),
        previous.backfill(),
        progress,
        spec.lastGood().orElse(null),
        conditions);
  }

  private static List<Condition> firstLook() {
    var sentence = "Caretaker has just begun to look at the pipeline.";
    return List.of(
        Condition.unknown("Ready", "FirstLook", sentence),
        Condition.yes("Reconciling", "FirstLook", sentence));
  }

  /**
   * The whole status after a pass. What could not be read keeps what was known of it: unknown is
   * not empty, and a demand that cannot be told stays the last one.
   */
  public EtlPipelineStatus decided(PipelineView view, PipelineDecision decision) {
    var summary = decision.summary();
    boolean queueRead = view.queue().ifKnown().isPresent();
    boolean fleetRead = view.fleet().ifKnown().isPresent();
    return new EtlPipelineStatus(
        generation,
        queueRead ? queue(summary) : previous.queue(),
        queueRead ? rates(summary) : previous.rates(),
        summary.demand().map(PipelineStatusWriter::demand).orElse(previous.demand()),
        tables(summary),
        fleetRead ? workers(summary) : previous.workers(),
        Bounded.text(summary.stage(), 60),
        Bounded.text(decision.verdict().reason().sentence(), 2000),
        backfill(summary),
        PipelineProgressCodec.encode(decision.progress()),
        spec.lastGood().orElse(null),
        merged(decision.conditions()));
  }

  private EtlPipelineStatus.@Nullable Queue queue(PipelineSummary summary) {
    if (summary.queue().isEmpty()) {
      return null;
    }
    var queue = summary.queue().get();
    var deadLetters = summary.deadLetters();
    return new EtlPipelineStatus.Queue(
        queue.backlog(),
        queue.visible(),
        queue.inFlight(),
        queue.delayed(),
        deadLetters.isPresent() ? deadLetters.getAsLong() : null,
        summary.oldest().map(PipelineStatusWriter::lasts).orElse(null),
        summary.oldest().isPresent() ? summary.oldestEstimated() : null,
        summary.expiresAt().map(at -> lasts(Duration.between(now, at))).orElse(null),
        summary.expiresAt().map(PipelineStatusWriter::time).orElse(null));
  }

  private static EtlPipelineStatus.Rates rates(PipelineSummary summary) {
    return new EtlPipelineStatus.Rates(
        rate(summary.arrivalsPerHour()),
        rate(summary.departuresPerHour()),
        rate(summary.forecastPerHour()),
        rate(summary.perUtilityHour()),
        summary.drainTime().map(PipelineStatusWriter::lasts).orElse(null));
  }

  private static @Nullable String rate(OptionalDouble perHour) {
    return perHour.isPresent()
        ? Bounded.text(String.format(Locale.ROOT, "%.1f", perHour.getAsDouble()), 30)
        : null;
  }

  private static EtlPipelineStatus.Demand demand(PipelineDemand demand) {
    return new EtlPipelineStatus.Demand(
        demand.utility().toString(),
        Bounded.text(demand.because().code(), 200),
        Bounded.text(demand.because().sentence(), 1000));
  }

  private static List<EtlPipelineStatus.Table> tables(PipelineSummary summary) {
    return Bounded.list(summary.tables(), EtlShapes.MOST_TABLES).stream()
        .map(
            each ->
                new EtlPipelineStatus.Table(
                    each.alias().value(),
                    each.indices(),
                    each.written().map(name -> Bounded.text(name, 255)).orElse(null),
                    each.newest().map(PipelineStatusWriter::time).orElse(null)))
        .toList();
  }

  private static EtlPipelineStatus.Workers workers(PipelineSummary summary) {
    var workers = summary.workers();
    return new EtlPipelineStatus.Workers(
        workers.working() + "/" + workers.total(),
        workers.total(),
        workers.working(),
        workers.held(),
        workers.updating(),
        workers.outdated(),
        workers.failed(),
        workers.unread(),
        Bounded.list(summary.replace(), 200).stream().map(WorkerId::value).toList());
  }

  private static EtlPipelineStatus.@Nullable Backfill backfill(PipelineSummary summary) {
    var sent = summary.backfillSent();
    return sent.isPresent() ? new EtlPipelineStatus.Backfill(sent.getAsLong()) : null;
  }

  private static String time(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** Two units at most, as kubectl writes ages: {@code 11d4h}, {@code 5h20m}, {@code 40s}. */
  static String lasts(Duration time) {
    if (time.isNegative()) {
      return "0s";
    }
    if (time.toDays() > 0) {
      return time.toDays() + "d" + time.toHoursPart() + "h";
    }
    if (time.toHours() > 0) {
      return time.toHours() + "h" + time.toMinutesPart() + "m";
    }
    return time.toMinutes() > 0 ? time.toMinutes() + "m" : time.toSeconds() + "s";
  }

  private List<StatusCondition> merged(List<Condition> wanted) {
    var all = new ArrayList<Condition>();
    all.add(Conditions.specValid(spec));
    all.addAll(wanted);
    return Bounded.list(Conditions.merge(previous.conditions(), all, generation, now), 30);
  }
}
