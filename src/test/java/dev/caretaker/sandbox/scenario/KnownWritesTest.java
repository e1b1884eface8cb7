package dev.caretaker.sandbox.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.sandbox.recorder.Effect;
import dev.caretaker.sandbox.recorder.Side;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class KnownWritesTest {

  private static final String FROZEN =
      """
      {"persistent": {"cluster.routing.allocation.enable": "new_primaries",
       "cluster.metadata.caretaker.owner": "default/activedata/1-2-3"}}
      """;

  private final KnownWrites writes = new KnownWrites("default/activedata");

  @Test
  void shouldKnowASignedWrite() {
    assertThat(unexplained("PUT", "/_cluster/settings?timeout=5s", FROZEN)).isFalse();
  }

  @Test
  void neverExplainsAnotherOwnersWrite() {
    assertThat(unexplained("PUT", "/_cluster/settings", FROZEN.replace("activedata", "again")))
        .isTrue();
  }

  @Test
  void neverExplainsAnUnsignedWriteNorATransientOneNorAForeignKey() {
    assertThat(unexplained("PUT", "/_cluster/settings", FROZEN.replace("owner", "stage"))).isTrue();
    assertThat(unexplained("PUT", "/_cluster/settings", FROZEN.replace("persistent", "transient")))
        .isTrue();
    assertThat(
            unexplained(
                "PUT", "/_cluster/settings", FROZEN.replace("allocation.enable", "x.enable")))
        .isTrue();
  }

  @Test
  void neverExplainsADeletion() {
    assertThat(unexplained("DELETE", "/logs", "")).isTrue();
  }

  private boolean unexplained(String method, String path, String body) {
    var effect = new Effect(1, Instant.EPOCH, Side.ENGINE, method, path, body);
    return !writes.unexplained(List.of(effect)).isEmpty();
  }
}
