package dev.caretaker.plan;

import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.Recovery;
import dev.caretaker.kernel.Bytes;
import dev.caretaker.world.Pace;
import java.time.Duration;
import java.util.List;

/**
 * How fast a cluster is, and how that is known.
 *
 * @param bytesPerSecond of one recovery
 * @param start from the start of a node's process until it is in the cluster
 * @param basis where the figures come from, one sentence each
 */
public record Speed(long bytesPerSecond, Duration start, List<String> basis) {
  private static final String LIMIT = "indices.recovery.max_bytes_per_sec";

  /** A smaller one takes as long as its beginning and its end. */
  private static final Bytes TELLING = new Bytes(16L << 20);

  private static final int ENOUGH = 3;
  private static final Duration START = Duration.ofSeconds(20);

  public Speed {
    basis = List.copyOf(basis);
  }

  /** What its own recoveries show, and where they are too few or too small, what is assumed. */
  public static Speed of(ClusterView cluster, List<Recovery> recoveries) {
    var rates =
        recoveries.stream()
            .filter(each -> each.copied().value() >= TELLING.value())
            .map(Recovery::bytesPerSecond)
            .sorted()
            .toList();
    var assumed = assumed(cluster);
    if (rates.size() < ENOUGH) {
      return assumed;
    }
    long rate = Math.max(1, rates.get(rates.size() / 2).longValue());
    var measured =
        "measured: one recovery copies %s a second (the middle of %d recoveries of %s or more)"
            .formatted(new Bytes(rate), rates.size(), TELLING);
    return new Speed(rate, assumed.start(), List.of(measured, assumed.basis().get(1)));
  }

  /** What is assumed of a cluster whose recoveries nobody has measured. */
  public static Speed assumed(ClusterView cluster) {
    // No limit at all is no speed.
    var limit =
        cluster.settings().inForce(LIMIT).flatMap(Bytes::read).filter(each -> each.value() > 0);
    long rate = limit.map(Bytes::value).orElse(Pace.DEFAULT_BYTES_PER_SECOND);
    var why = limit.isPresent() ? LIMIT + ", in force" : "the engine's default of " + LIMIT;
    return new Speed(
        rate,
        START,
        List.of(
            "assumed, not measured: one recovery copies %s a second (%s)"
                .formatted(new Bytes(rate), why),
            "assumed, not measured: a node is back %d s after its process starts"
                .formatted(START.toSeconds())));
  }
}
