package dev.caretaker.pipeline.model;

import java.time.Instant;
import java.util.Comparator;

/**
 * Objects that the workers shall work on once more.
 *
 * @param prefix of their keys
 * @param from the first time of change, inclusive
 * @param to the last, exclusive
 * @param limit at most so many are sent before the queue was looked at again
 * @param onlyBelow nothing is sent while the backlog is larger
 */
public record Backfill(
    BucketName bucket,
    String prefix,
    Instant from,
    Instant to,
    Order order,
    int limit,
    int onlyBelow) {

  private static final Comparator<SourceObject> BY_KEY = Comparator.comparing(SourceObject::key);

  /** Which are sent first. */
  public enum Order {
    NEWEST_FIRST,
    OLDEST_FIRST
  }

  /** What it goes over, in one line; another one is another backfill. */
  public String range() {
    return bucket + "/" + prefix + " " + from + " " + to + " " + order;
  }

  /** Whether it was changed within the time asked for. */
  public boolean covers(SourceObject object) {
    return !object.modifiedAt().isBefore(from) && object.modifiedAt().isBefore(to);
  }

  /** The order in which they are sent; of those that were changed together, by key. */
  public Comparator<SourceObject> sequence() {
    var byTime = Comparator.comparing(SourceObject::modifiedAt);
    return (order == Order.NEWEST_FIRST ? byTime.reversed() : byTime).thenComparing(BY_KEY);
  }
}
