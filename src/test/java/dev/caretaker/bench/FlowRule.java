package dev.caretaker.bench;

import dev.caretaker.pipeline.model.QueueTraffic.Count;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A rule that says how much utility each pipeline is to have. */
interface FlowRule {
  String name();

  /** Whether the pipelines share their machines by deadline, or each has its own. */
  boolean shares();

  /** How much the pipeline is to have; asked once a minute. */
  double wish(int pipeline, int minute, Look look);

  /** When the oldest message of the pipeline expires, as the rule believes; for sharing only. */
  default Optional<Instant> expiresAt(int pipeline) {
    return Optional.empty();
  }

  /**
   * What a rule can see of a pipeline.
   *
   * @param oldest by CloudWatch; empty where it says nothing
   * @param counts of CloudWatch, as late as they are
   * @param machines that are at work or on their way
   */
  record Look(
      long visible,
      long inFlight,
      Optional<Duration> oldest,
      List<Count> counts,
      double working,
      double present,
      double pending,
      int machines) {
    long backlog() {
      return visible + inFlight;
    }
  }
}
