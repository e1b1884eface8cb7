package dev.caretaker.pipeline;

import dev.caretaker.pipeline.demand.PipelineDemand;
import dev.caretaker.pipeline.model.QueueView;
import dev.caretaker.pipeline.model.TableName;
import dev.caretaker.pipeline.model.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A pipeline in numbers, for its status, metrics and columns. What is not known is empty.
 *
 * @param oldest age of the oldest message, by CloudWatch or estimated from our own samples
 * @param oldestEstimated whether it is an estimate
 * @param arrivalsPerHour messages that came from outside
 * @param departuresPerHour messages that were finished
 * @param forecastPerHour arrivals that are expected next, smoothed
 * @param perUtilityHour messages that one utility finishes in an hour
 * @param drainTime how long the backlog takes at the present rates; empty: it grows, or nobody
 *     knows
 * @param expiresAt when the oldest message is deleted by SQS
 * @param demand what the fleet is asked for
 * @param stage what is being done, in one CamelCase word
 * @param replace machines that cannot be updated and shall be replaced: the operator hands them to
 *     their fleet
 * @param backfillSent objects of the present backfill that were sent
 */
public record PipelineSummary(
    Optional<QueueView> queue,
    OptionalLong deadLetters,
    Optional<Duration> oldest,
    boolean oldestEstimated,
    OptionalDouble arrivalsPerHour,
    OptionalDouble departuresPerHour,
    OptionalDouble forecastPerHour,
    OptionalDouble perUtilityHour,
    Optional<Duration> drainTime,
    Optional<Instant> expiresAt,
    Optional<PipelineDemand> demand,
    List<Table> tables,
    Workers workers,
    List<WorkerId> replace,
    String stage,
    OptionalLong backfillSent) {

  /** One table: its indices, and the one that is written to. */
  public record Table(
      TableName alias, int indices, Optional<String> written, Optional<Instant> newest) {}

  /**
   * Machines of the pipeline, counted.
   *
   * @param working with the program running on the right code
   * @param held stopped on purpose
   * @param updating with an update under way
   * @param outdated with other code, running or not
   * @param failed whose program or update failed
   * @param unread that gave no answer
   */
  public record Workers(
      int total, int working, int held, int updating, int outdated, int failed, int unread) {
    public static final Workers NONE = new Workers(0, 0, 0, 0, 0, 0, 0);
  }

  public PipelineSummary {
    tables = List.copyOf(tables);
    replace = List.copyOf(replace);
  }
}
