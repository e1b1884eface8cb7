package dev.caretaker.plan;

import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.NodeView;
import dev.caretaker.elastic.model.Recovery;
import dev.caretaker.kernel.Bytes;
import dev.caretaker.world.Pace;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How fast a cluster is, and how that is known.
 *
 * @param basis where the figures come from, one sentence each
 */
public record Speed(Pace pace, List<String> basis) {
  private static final String LIMIT = "indices.recovery.max_bytes_per_sec";

  /** A smaller one takes as long as its beginning and its end. */
  private static final Bytes TELLING = new Bytes(16L << 20);

  private static final int ENOUGH = 3;
  private static final Duration START = Duration.ofSeconds(20);

  /** A copy that came to its node later did not wait for the node's start. */
  private static final Duration LONGEST_START = Duration.ofMinutes(15);

  /** From the moment a node is back until the operator has seen it and lifted the freeze. */
  private static final Duration NOTICED = Duration.ofSeconds(2);

  public Speed {
    basis = List.copyOf(basis);
  }

  /** What its own recoveries show, and where they are too few or too small, what is assumed. */
  public static Speed of(ClusterView cluster, List<Recovery> recoveries) {
    var rate = rate(recoveries);
    var starts = starts(cluster, recoveries);
    var returning = returning(recoveries);
    var assumed = assumed(cluster);
    var pace =
        new Pace(
            rate.orElse(assumed.pace.bytesPerSecond()),
            middle(List.copyOf(starts.values())).or(assumed.pace::start),
            starts,
            returning.orElse(assumed.pace.returning()));
    var copying =
        "measured: one recovery copies %s a second (the middle of those of %s or more)"
            .formatted(new Bytes(pace.bytesPerSecond()), TELLING);
    var starting =
        "measured: a node is back %d s after its process starts (the middle of %d nodes)"
            .formatted(pace.start().orElse(START).toSeconds(), starts.size());
    var returned =
        "measured: a copy that returns with its node takes %s s (the mean)"
            .formatted(tenths(pace.returning()));
    return new Speed(
        pace,
        List.of(
            rate.isPresent() ? copying : assumed.basis.get(0),
            starts.isEmpty() ? assumed.basis.get(1) : starting,
            returning.isPresent() ? returned : assumed.basis.get(2)));
  }

  /** What is assumed of a cluster whose recoveries nobody has measured. */
  public static Speed assumed(ClusterView cluster) {
    // No limit at all is no speed.
    var limit =
        cluster.settings().inForce(LIMIT).flatMap(Bytes::read).filter(each -> each.value() > 0);
    long rate = limit.map(Bytes::value).orElse(Pace.DEFAULT_BYTES_PER_SECOND);
    var why = limit.isPresent() ? LIMIT + ", in force" : "the engine's default of " + LIMIT;
    var pace = new Pace(rate, Optional.of(START), Map.of(), Pace.DEFAULT_RETURNING);
    return new Speed(
        pace,
        List.of(
            "assumed, not measured: one recovery copies %s a second (%s)"
                .formatted(new Bytes(rate), why),
            "assumed, not measured: a node is back %d s after its process starts"
                .formatted(START.toSeconds()),
            "assumed, not measured: a copy that returns with its node takes %s s"
                .formatted(tenths(pace.returning()))));
  }

  private static Optional<Long> rate(List<Recovery> recoveries) {
    var rates =
        recoveries.stream()
            .filter(each -> each.copied().value() >= TELLING.value())
            .map(Recovery::bytesPerSecond)
            .sorted()
            .toList();
    return rates.size() < ENOUGH
        ? Optional.empty()
        : Optional.of(Math.max(1, rates.get(rates.size() / 2).longValue()));
  }

  /**
   * How long nodes took to be back: the first copy that returned with a node began as soon as the
   * freeze was lifted for it. Both moments are told by the node's own clock.
   */
  private static Map<NodeName, Duration> starts(ClusterView cluster, List<Recovery> recoveries) {
    var first = new HashMap<NodeName, Instant>();
    recoveries.stream()
        .filter(Recovery::returned)
        .forEach(each -> first.merge(each.node(), each.beganAt(), Speed::earlier));
    var starts = new HashMap<NodeName, Duration>();
    for (var node : cluster.nodes()) {
      var began = Optional.ofNullable(first.get(node.name()));
      start(node, began).ifPresent(took -> starts.put(node.name(), took));
    }
    return starts;
  }

  private static Optional<Duration> start(NodeView node, Optional<Instant> began) {
    return node.startedAt()
        .flatMap(started -> began.map(at -> Duration.between(started, at).minus(NOTICED)))
        .filter(took -> took.compareTo(Duration.ZERO) > 0 && took.compareTo(LONGEST_START) < 0);
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Optional<Duration> middle(List<Duration> durations) {
    return durations.stream().sorted().skip(durations.size() / 2).findFirst();
  }

  /** The mean, since what counts is how long all copies of a node take. */
  private static Optional<Duration> returning(List<Recovery> recoveries) {
    var mean =
        recoveries.stream()
            .filter(Recovery::returned)
            .mapToLong(each -> each.took().toMillis())
            .average();
    return mean.isPresent()
        ? Optional.of(Duration.ofMillis(Math.round(mean.getAsDouble())))
        : Optional.empty();
  }

  private static String tenths(Duration duration) {
    return String.format(java.util.Locale.ROOT, "%.1f", duration.toMillis() / 1000.0);
  }
}
