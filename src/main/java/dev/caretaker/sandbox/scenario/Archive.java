package dev.caretaker.sandbox.scenario;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caretaker.sandbox.objects.Bucket;
import dev.caretaker.sandbox.objects.ObjectStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.TreeSet;

/**
 * Objects that lay in a bucket before the pipeline came: those that it is asked to work on once
 * more, and others before, after and beside them. Each holds a number that no message has.
 *
 * @param from the first time of change that is asked for
 * @param to the first after
 * @param wanted numbers of the objects within, and under the prefix
 * @param others numbers of all other objects
 */
record Archive(Instant from, Instant to, Set<Long> wanted, Set<Long> others) {
  static final String BUCKET = "sandbox-archive";
  private static final String PREFIX = "pulse/";

  /** So many are sent before the queue is looked at again. */
  static final int LIMIT = 60;

  /** Nothing is sent while more messages are in the queue. */
  static final int ONLY_BELOW = 50;

  private static final int WANTED = 3 * LIMIT;
  private static final int BESIDE = 20;

  /** Beyond all numbers of messages. */
  private static final long FIRST = 1_000_000;

  /** Clocks of file systems are some milliseconds late. */
  private static final Duration LATE = Duration.ofMillis(100);

  /** Makes the bucket and puts all of them; takes two seconds, for S3 tells times by seconds. */
  static Archive fill(ObjectStore store, String table) throws IOException, InterruptedException {
    var bucket = store.make(BUCKET);
    var wanted = new TreeSet<Long>();
    var others = new TreeSet<Long>();
    put(bucket, PREFIX, table, BESIDE, others, FIRST);
    var from = nextSecond();
    put(bucket, PREFIX, table, WANTED, wanted, FIRST + BESIDE);
    put(bucket, "raw/", table, BESIDE, others, FIRST + BESIDE + WANTED);
    var to = nextSecond();
    put(bucket, PREFIX, table, BESIDE, others, FIRST + 2 * BESIDE + WANTED);
    return new Archive(from, to, Set.copyOf(wanted), Set.copyOf(others));
  }

  private static void put(
      Bucket bucket, String prefix, String table, int count, Set<Long> into, long first)
      throws IOException, InterruptedException {
    for (long number = first; number < first + count; number++) {
      var content = JsonNodeFactory.instance.objectNode().put("number", number).put("table", table);
      bucket.put(prefix + number + ".json", content.toString());
      into.add(number);
    }
  }

  private static Instant nextSecond() throws InterruptedException {
    var second = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    Thread.sleep(Duration.between(Instant.now(), second.plus(LATE)).toMillis());
    return second;
  }

  /** For {@code spec.backfill}. */
  ObjectNode backfill() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("bucket", BUCKET)
        .put("prefix", PREFIX)
        .put("from", from.toString())
        .put("to", to.toString())
        .put("order", "OldestFirst")
        .put("limit", LIMIT)
        .put("onlyBelow", ONLY_BELOW);
  }
}
