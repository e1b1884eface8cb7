package dev.caretaker.pipeline.demand;

import dev.caretaker.pipeline.model.QueueView;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How old the oldest message is. SQS leaves out messages that were received three times or more;
 * one that workers sent again has a new clock, for SQS as well as for us.
 *
 * @param age empty: nothing waits, or nobody knows
 * @param estimated whether it is a bound of our own
 * @param noneOlderThan to be remembered: nothing that waits was sent before, for certain
 */
record Oldest(Optional<Duration> age, boolean estimated, Optional<Instant> noneOlderThan) {
  /** SQS does not keep the order: the oldest may have been passed by as many as wait with it. */
  private static final double PASSED_BY = 2;

  static final Oldest UNKNOWN = new Oldest(Optional.empty(), false, Optional.empty());

  static Oldest of(QueueView queue, FlowMemory memory, Duration retention, Instant now) {
    if (queue.backlog() == 0) {
      return new Oldest(Optional.empty(), false, Optional.of(now));
    }
    if (queue.oldest().isPresent()) {
      var age = queue.oldest().get();
      return new Oldest(Optional.of(age), false, Optional.of(now.minus(age)));
    }
    var since = later(memory.noneOlderThan(), queue.created().filter(each -> each.isBefore(now)));
    var certain = since.map(each -> Duration.between(each, now));
    var likely = memory.arrivals().usual().stream().mapToObj(rate -> waited(queue, rate)).findAny();
    var age = certain.isPresent() ? likely.map(each -> shorter(each, certain.get())) : likely;
    return new Oldest(age.or(() -> certain).map(each -> shorter(each, retention)), true, since);
  }

  private static Optional<Instant> later(Optional<Instant> one, Optional<Instant> other) {
    return Stream.of(one, other).flatMap(Optional::stream).max(Comparator.naturalOrder());
  }

  /** As long as so many take to arrive, if they are taken about in their order. */
  private static Duration waited(QueueView queue, double perHour) {
    double hours = PASSED_BY * queue.backlog() / Math.max(perHour, 1e-3);
    return Duration.ofSeconds((long) Math.min(hours * 3600, Integer.MAX_VALUE));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }
}
