package dev.caretaker.adapter.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.elastic.model.Recovery;
import dev.caretaker.kernel.Bytes;
import dev.caretaker.kernel.Observed;
import dev.caretaker.testkit.CannedServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecoveriesTest {
  @Test
  void shouldTellOfCopiesThatCameFromAnotherNodeAndAreDone() {
    var answer =
        """
        {"logs": {"shards": [
          {"type": "PEER", "stage": "DONE", "total_time_in_millis": 2000,
           "index": {"size": {"recovered_in_bytes": 4096}}},
          {"type": "PEER", "stage": "INDEX", "total_time_in_millis": 2000,
           "index": {"size": {"recovered_in_bytes": 1}}},
          {"type": "EXISTING_STORE", "stage": "DONE", "total_time_in_millis": 90,
           "index": {"size": {"recovered_in_bytes": 0}}}]},
         "old": {"shards": []}}
        """;
    try (var server = new CannedServer().answer("GET /_recovery", 200, answer);
        var adapter = new ElasticsearchAdapter(Connections.to(server.url()))) {
      assertThat(adapter.recoveries())
          .isEqualTo(Observed.known(List.of(new Recovery(new Bytes(4096), Duration.ofSeconds(2)))));
    }
  }

  @Test
  void shouldNotKnowWhereTheAnswerIsNone() {
    try (var server = new CannedServer().answer("GET /_recovery", 200, "[]");
        var adapter = new ElasticsearchAdapter(Connections.to(server.url()))) {
      assertThat(adapter.recoveries()).isInstanceOf(Observed.Unknown.class);
    }
  }
}
