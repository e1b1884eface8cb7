package dev.caretaker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caretaker.sandbox.engine.EngineCluster;
import dev.caretaker.sandbox.engine.EngineHttp;
import dev.caretaker.sandbox.engine.EngineKind;
import dev.caretaker.sandbox.engine.EngineNode;
import dev.caretaker.testkit.EachEngine;
import dev.caretaker.testkit.RealEngine;
import java.time.Duration;

/** What tests on the shared cluster rely on. */
class SharedEngineTest {

  private final EngineHttp http = new EngineHttp(Duration.ofSeconds(30));

  @EachEngine
  void shouldBeRestoredAfterATestThatLeftThingsBehind(EngineKind kind) throws Exception {
    EngineCluster cluster = RealEngine.shared(kind);
    EngineNode first = cluster.node("backup1");
    http.ask("PUT", first, "/left-behind", "{\"settings\": {\"number_of_shards\": 1}}");
    http.ask(
        "PUT",
        first,
        "/_cluster/settings",
        """
        {"persistent": {"cluster.routing.allocation.enable": "none"},
         "transient": {"cluster.routing.rebalance.enable": "none"}}
        """);
    cluster.kill("spot1");

    RealEngine.restore(cluster);

    JsonNode settings = http.get(first, "/_cluster/settings").body();
    assertThat(settings.path("persistent")).isEmpty();
    assertThat(settings.path("transient")).isEmpty();
    assertThat(http.get(first, "/left-behind").status()).isEqualTo(404);
    JsonNode health = http.get(first, "/_cluster/health").body();
    assertThat(health.path("number_of_nodes").asInt()).isEqualTo(3);
  }

  @EachEngine
  void shouldBeTheSameOneForEveryTest(EngineKind kind) {
    assertThat(RealEngine.shared(kind)).isSameAs(RealEngine.shared(kind));
  }
}
