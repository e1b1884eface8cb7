package dev.caretaker.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.sandbox.recorder.Effect;
import dev.caretaker.sandbox.recorder.Side;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeedsTest {

  private final Deeds deeds = new Deeds();

  @Test
  void shouldTellSettingsByTheirRoutingAndTheirMark() {
    assertThat(
            told(
                "PUT",
                "/_cluster/settings?timeout=5s",
                """
                {"persistent": {"cluster.routing.allocation.enable": "new_primaries",
                  "cluster.metadata.caretaker.owner": "default/activedata/1",
                  "cluster.metadata.caretaker.procedure": "Rollout",
                  "cluster.metadata.caretaker.stage": "Freezing"}}
                """))
        .isEqualTo("writes settings: allocation.enable=new_primaries, marked Rollout Freezing");
  }

  @Test
  void shouldTellAMoveByTheNamesOfTheNodes() {
    assertThat(
            told(
                "POST",
                "/_cluster/reroute",
                """
                {"commands": [{"move": {"index": "repo", "shard": 0,
                  "from_node": "n1", "to_node": "n2"}}]}
                """))
        .isEqualTo("asks to move repo[0] from spot1 to backup1");
  }

  @Test
  void shouldTellEverythingElseAsItIs() {
    assertThat(told("POST", "/_flush", "")).isEqualTo("POST /_flush ");
  }

  private String told(String method, String path, String body) {
    var effect = new Effect(1, Instant.EPOCH, Side.ENGINE, method, path, body);
    return deeds.describe(effect, Map.of("n1", "spot1", "n2", "backup1"));
  }
}
