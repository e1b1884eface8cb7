package dev.caretaker.sandbox.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LookTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final String STATE =
      """
      {"master_node": "n1", "nodes": {"n1": {"name": "backup1"}, "n2": {"name": "spot1"}},
       "routing_table": {"indices": {"logs": {"shards": {"0": [
         {"state": "STARTED", "primary": true, "node": "n1", "relocating_node": null},
         {"state": "RELOCATING", "primary": false, "node": "n2", "relocating_node": "n1"},
         {"state": "UNASSIGNED", "primary": false, "node": null, "relocating_node": null}]}}}}}
      """;

  @Test
  void shouldCountACopyOnBothEndsOfItsMove() throws JsonProcessingException {
    var look = read(STATE, "{}").orElseThrow();

    assertThat(look.members()).containsExactly("backup1", "spot1");
    assertThat(look.copiesOn("spot1")).isEqualTo(1);
    assertThat(look.copiesOn("backup1")).isEqualTo(2);
    assertThat(look.allActive()).isFalse();
  }

  @Test
  void shouldObeyTheTransientScopeFirst() throws JsonProcessingException {
    var settings =
        """
        {"persistent": {"cluster.routing.allocation.enable": "new_primaries"},
         "transient": {"cluster.routing.allocation.enable": "all"}}
        """;

    assertThat(read(STATE, settings).orElseThrow().frozen()).isFalse();
    assertThat(read(STATE, settings.replace("\"all\"", "\"none\"")).orElseThrow().frozen())
        .isTrue();
    assertThat(read(STATE, "{}").orElseThrow().frozen()).isFalse();
  }

  @Test
  void shouldSeeNothingWithoutAMaster() throws JsonProcessingException {
    assertThat(read(STATE.replace("\"n1\", \"nodes\"", "null, \"nodes\""), "{}")).isEmpty();
  }

  private static Optional<Look> read(String state, String settings) throws JsonProcessingException {
    return Look.read(NOW, JSON.readTree(state), JSON.readTree(settings));
  }
}
