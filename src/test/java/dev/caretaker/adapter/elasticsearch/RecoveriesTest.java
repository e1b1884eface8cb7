package dev.caretaker.adapter.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.Recovery;
import dev.caretaker.kernel.Bytes;
import dev.caretaker.kernel.Observed;
import dev.caretaker.testkit.CannedServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecoveriesTest {
  @Test
  void shouldTellOfCopiesThatCameFromAnotherNodeAndAreDone() {
    var answer =
        """
        {"logs": {"shards": [
          {"type": "PEER", "stage": "DONE", "start_time_in_millis": 60000,
           "total_time_in_millis": 2000, "target": {"name": "spot1"},
           "index": {"size": {"reused_in_bytes": 0, "recovered_in_bytes": 4096}}},
          {"type": "PEER", "stage": "DONE", "start_time_in_millis": 61000,
           "total_time_in_millis": 0, "target": {"name": "spot2"},
           "index": {"size": {"reused_in_bytes": 0, "recovered_in_bytes": 0}}},
          {"type": "PEER", "stage": "DONE", "start_time_in_millis": 62000,
           "total_time_in_millis": 900, "target": {"name": "spot2"},
           "index": {"size": {"reused_in_bytes": 9, "recovered_in_bytes": 1}}},
          {"type": "PEER", "stage": "INDEX", "total_time_in_millis": 2000,
           "target": {"name": "spot1"},
           "index": {"size": {"recovered_in_bytes": 1}}},
          {"type": "EXISTING_STORE", "stage": "DONE", "total_time_in_millis": 90,
           "index": {"size": {"recovered_in_bytes": 0}}}]},
         "old": {"shards": []}}
        """;
    try (var server = new CannedServer().answer("GET /_recovery", 200, answer);
        var adapter = new ElasticsearchAdapter(Connections.to(server.url()))) {
      assertThat(adapter.recoveries())
          .isEqualTo(
              Observed.known(
                  List.of(
                      recovery("spot1", false, 4096, 60, 2000),
                      recovery("spot2", true, 0, 61, 1),
                      recovery("spot2", true, 1, 62, 900))));
    }
  }

  private static Recovery recovery(
      String node, boolean returned, long copied, long second, long millis) {
    return new Recovery(
        new NodeName(node),
        returned,
        new Bytes(copied),
        Instant.ofEpochSecond(second),
        Duration.ofMillis(millis));
  }

  @Test
  void shouldNotKnowWhereTheAnswerIsNone() {
    try (var server = new CannedServer().answer("GET /_recovery", 200, "[]");
        var adapter = new ElasticsearchAdapter(Connections.to(server.url()))) {
      assertThat(adapter.recoveries()).isInstanceOf(Observed.Unknown.class);
    }
  }
}
