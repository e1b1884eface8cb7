package dev.caretaker.adapter.elasticsearch;

import dev.caretaker.elastic.model.ShardId;
import dev.caretaker.kernel.Bytes;
import java.time.Duration;
import java.util.Map;

/** The sizes of shards, asked for seldom: every node has to answer, and they change slowly. */
final class Sizes {
  private static final Duration GOOD_FOR = Duration.ofSeconds(15);

  private final Duration within;
  private volatile Reading last = Reading.NONE;

  private record Reading(Map<ShardId, Bytes> sizes, long at, boolean any) {
    static final Reading NONE = new Reading(Map.of(), 0, false);

    boolean isFresh() {
      return any && System.nanoTime() - at < GOOD_FOR.toNanos();
    }
  }

  Sizes(Duration within) {
    this.within = within;
  }

  /** Reads them where the last reading is old; the last reading where that fails. */
  Map<ShardId, Bytes> read(Endpoint endpoint) {
    if (!last.isFresh()) {
      try {
        var sizes = endpoint.ask(Call.get(SizesParser.PATH, within), SizesParser::parse);
        last = new Reading(Map.copyOf(sizes), System.nanoTime(), true);
      } catch (CallFailed missing) {
        return lastRead();
      }
    }
    return lastRead();
  }

  Map<ShardId, Bytes> lastRead() {
    return last.sizes();
  }
}
