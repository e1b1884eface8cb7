package dev.caretaker.pipeline.demand;

import dev.caretaker.kernel.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How a queue flows and what it takes. What is not known is empty.
 *
 * @param memory to be given to the next look
 * @param oldest age of the oldest message
 * @param oldestEstimated whether that is a bound from our own samples, CloudWatch being silent
 * @param arrivalsPerHour from outside, smoothed over about an hour
 * @param departuresPerHour messages finished, smoothed over about an hour
 * @param forecastPerHour arrivals that are expected in the next hours
 * @param perUtilityHour messages that one utility finishes in an hour
 * @param measured whether that was seen, and is not the first guess any more
 * @param drainTime how long the backlog takes with the machines that work now; empty: it grows, or
 *     nobody knows
 * @param expiresAt when the oldest message is deleted by SQS; empty: nothing waits, or nobody knows
 */
public record Flow(
    FlowMemory memory,
    Optional<Duration> oldest,
    boolean oldestEstimated,
    OptionalDouble arrivalsPerHour,
    OptionalDouble departuresPerHour,
    OptionalDouble forecastPerHour,
    double perUtilityHour,
    boolean measured,
    Optional<Duration> drainTime,
    Optional<Instant> expiresAt,
    PipelineDemand demand,
    Safety safety) {

  /** Whether messages could reach their retention, and why it is thought so. */
  public record Safety(State state, Reason reason) {
    /** How it stands. */
    public enum State {
      BACKLOG_SAFE,
      /** People should look now, long before a message is deleted. */
      AT_RISK,
      /** The queue could not be read, or the age of its oldest message cannot be told. */
      UNKNOWN
    }
  }
}
