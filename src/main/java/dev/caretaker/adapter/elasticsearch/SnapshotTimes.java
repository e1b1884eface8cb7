package dev.caretaker.adapter.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caretaker.kernel.Observed;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When the last good snapshot of each index was begun, by repository. Asked for seldom: the engine
 * reads a file of the repository for each snapshot that there is.
 */
final class SnapshotTimes {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration GOOD_FOR = Duration.ofMinutes(5);

  private final Duration within;
  private final Map<String, Reading> last = new ConcurrentHashMap<>();

  private record Reading(Observed<Map<String, Instant>> times, long at) {
    boolean isFresh() {
      return System.nanoTime() - at < GOOD_FOR.toNanos();
    }
  }

  SnapshotTimes(Duration within) {
    this.within = within;
  }

  /** By index; what was read within five minutes is good enough to delete nothing too early. */
  Observed<Map<String, Instant>> read(Endpoint endpoint, String repository) {
    return last.compute(
            repository,
            (name, before) ->
                before != null && before.isFresh()
                    ? before
                    : new Reading(ask(endpoint, name), System.nanoTime()))
        .times();
  }

  private Observed<Map<String, Instant>> ask(Endpoint endpoint, String repository) {
    var path =
        "/_snapshot/"
            + Call.segment(repository)
            + "/_all?filter_path=snapshots.state,snapshots.indices,"
            + "snapshots.start_time_in_millis,failures,responses";
    try {
      return Observed.known(endpoint.ask(Call.get(path, within), SnapshotTimes::parse));
    } catch (CallFailed failed) {
      return Observed.unknown(failed.sentence());
    }
  }

  static Map<String, Instant> parse(InputStream body) throws IOException {
    var answer = JSON.readTree(body);
    var times = new HashMap<String, Instant>();
    collect(answer, times);
    // Some versions of 7 answer by repository.
    for (var response : answer.path("responses")) {
      collect(response, times);
    }
    return Map.copyOf(times);
  }

  private static void collect(JsonNode answer, Map<String, Instant> times) throws IOException {
    // 7.17 answers 200 where the repository is missing or cannot be read.
    for (var failure : answer.path("failures")) {
      throw new IOException(failure.path("reason").asText("the repository cannot be read"));
    }
    if (answer.has("error")) {
      throw new IOException(answer.path("error").path("reason").asText());
    }
    for (var snapshot : answer.path("snapshots")) {
      if (snapshot.path("state").asText().equals("SUCCESS")) {
        var at = Instant.ofEpochMilli(snapshot.path("start_time_in_millis").asLong());
        for (var index : snapshot.path("indices")) {
          times.merge(index.asText(), at, (one, other) -> one.isAfter(other) ? one : other);
        }
      }
    }
  }
}
