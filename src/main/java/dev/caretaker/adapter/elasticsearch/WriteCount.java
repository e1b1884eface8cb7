package dev.caretaker.adapter.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caretaker.kernel.Observed;

/**
 * How much was ever written to an index. Each write in a primary gets the next sequence number,
 * which moves, restarts and merges leave as they are; counters of operations begin anew with each.
 */
final class WriteCount {
  /** What {@code _stats?level=shards} has to answer. */
  static final String FIELDS =
      "indices.*.shards.*.routing.primary,indices.*.shards.*.seq_no.max_seq_no";

  /** Of a shard that has none, as one that an engine before 6 wrote; -1 is that of an empty one. */
  private static final long NONE = -2;

  private WriteCount() {}

  /**
   * The sum over all primaries.
   *
   * @param shards copies by number of the shard
   */
  static Observed<Long> of(int primaries, JsonNode shards) {
    long sum = 0;
    int told = 0;
    for (var copies : shards) {
      long last = last(copies);
      if (last > NONE) {
        sum += last + 1;
        told++;
      }
    }
    return told > 0 && told == primaries
        ? Observed.known(sum)
        : Observed.unknown(
            "%d of its %d primaries told how often they were written to"
                .formatted(told, primaries));
  }

  private static long last(JsonNode copies) {
    long last = NONE;
    for (var copy : copies) {
      if (copy.path("routing").path("primary").asBoolean()) {
        last = Math.max(last, copy.path("seq_no").path("max_seq_no").asLong(NONE));
      }
    }
    return last;
  }
}
