package dev.caretaker.plan;

import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.Recovery;
import dev.caretaker.kernel.Bytes;
import dev.caretaker.world.Pace;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

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
    var limit = cluster.settings().inForce(LIMIT).flatMap(Speed::bytes);
    long rate = limit.orElse(Pace.DEFAULT_BYTES_PER_SECOND);
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

  /** A size as the engine writes it; no limit at all is no speed. */
  private static Optional<Long> bytes(String text) {
    var plain = text.strip().toLowerCase(Locale.ROOT);
    var units = List.of("b", "kb", "mb", "gb", "tb");
    for (int unit = units.size() - 1; unit >= 0; unit--) {
      var suffix = units.get(unit);
      if (plain.endsWith(suffix)) {
        var number = plain.substring(0, plain.length() - suffix.length()).strip();
        try {
          long value = (long) (Double.parseDouble(number) * (1L << (10 * unit)));
          return Optional.of(value).filter(each -> each > 0);
        } catch (NumberFormatException e) {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }
}
