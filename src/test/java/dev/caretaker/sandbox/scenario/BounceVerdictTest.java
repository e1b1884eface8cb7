package dev.caretaker.sandbox.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BounceVerdictTest {

  @Test
  void shouldPassAGoodLine() throws JsonProcessingException {
    assertThat(BounceVerdict.of(good())).isEmpty();
    assertThat(BounceVerdict.of(crashed())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "bounced, 4", "freezes, 4", "newIndices, 4", "acknowledged, 0", "acknowledgedWhileFrozen, 0",
    "lost, 1", "maxNodesDown, 2", "maxNodesDown, 0", "newIndexRed, 1", "leakedSettings, 1"
  })
  void neverPassesABadValue(String field, long value) throws JsonProcessingException {
    assertThat(BounceVerdict.of(good().put(field, value))).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({"crashes, 41", "effects, 3", "staleOwnHolds, 1"})
  void neverPassesABadValueOfACrashedRun(String field, long value) throws JsonProcessingException {
    assertThat(BounceVerdict.of(crashed().put(field, value))).isNotEmpty();
  }

  @Test
  void neverPassesARedCluster() throws JsonProcessingException {
    assertThat(BounceVerdict.of(good().put("everRed", true))).isNotEmpty();
  }

  private static ObjectNode crashed() throws JsonProcessingException {
    return good().put("effects", 42).put("crashes", 42).put("staleOwnHolds", 0);
  }

  private static ObjectNode good() throws JsonProcessingException {
    return (ObjectNode)
        new ObjectMapper()
            .readTree(
                """
                {"scenario": "bounce", "engine": "8.19.21", "nodes": 5, "bounced": 5,
                 "freezes": 5, "newIndices": 5, "acknowledged": 900,
                 "acknowledgedWhileFrozen": 300, "lost": 0, "maxNodesDown": 1, "everRed": false,
                 "newIndexRed": 0, "leakedSettings": 0, "seconds": 200}
                """);
  }
}
