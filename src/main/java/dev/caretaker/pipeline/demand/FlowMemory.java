package dev.caretaker.pipeline.demand;

import dev.caretaker.kernel.Utility;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is remembered of a queue between two looks; a few kilobytes at most. Losing it costs
 * accuracy for some hours, and nothing else.
 *
 * @param samples of the backlog, oldest first, {@link #SAMPLES} at most
 * @param countedTo up to here arrivals are in the rates
 * @param noneOlderThan no message that waits was sent before, as far as our samples tell
 * @param asked what was asked for last; empty after a loss
 */
public record FlowMemory(
    List<Sample> samples,
    Optional<Instant> countedTo,
    Rhythm arrivals,
    Resent resent,
    Pace pace,
    Optional<Instant> noneOlderThan,
    Optional<Asked> asked) {
  /** Enough for CloudWatch to be an hour late. */
  static final int SAMPLES = 64;

  public static final FlowMemory NONE =
      new FlowMemory(
          List.of(),
          Optional.empty(),
          Rhythm.NONE,
          Resent.NONE,
          Pace.NONE,
          Optional.empty(),
          Optional.empty());

  /**
   * The backlog at one moment.
   *
   * @param visible messages that a free worker could have taken
   * @param backlog all that are not finished
   * @param working utility of the machines that worked then
   * @param serving whether the cluster of the tables served
   */
  public record Sample(Instant at, long visible, long backlog, Utility working, boolean serving) {}

  /**
   * What the fleet was asked for.
   *
   * @param at when that last changed
   * @param lessSince since when less would do; empty: it would not
   */
  public record Asked(Utility utility, Instant at, Optional<Instant> lessSince) {}

  /**
   * The same after something outranked what the queue needs: the next step begins where the fleet
   * was left.
   *
   * @param before what it was asked for by then
   */
  public FlowMemory havingAsked(Utility really, Optional<Asked> before, Instant now) {
    var last =
        asked
            .filter(each -> each.utility().equals(really))
            .or(() -> before.filter(each -> each.utility().equals(really)))
            .orElse(new Asked(really, now, Optional.empty()));
    return new FlowMemory(
        samples, countedTo, arrivals, resent, pace, noneOlderThan, Optional.of(last));
  }

  public FlowMemory {
    samples = List.copyOf(samples.subList(Math.max(0, samples.size() - SAMPLES), samples.size()));
  }
}
