package dev.caretaker.adapter.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.caretaker.elastic.action.EsAction;
import dev.caretaker.elastic.model.NodeId;
import dev.caretaker.elastic.model.ShardId;
import dev.caretaker.port.PortException;
import dev.caretaker.testkit.CannedServer;
import dev.caretaker.testkit.Recorded;
import java.net.URI;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A change either is certainly not done, or its outcome is unknown; nothing in between. */
class EngineWritesTest {
  private static final String DONE = "{\"acknowledged\":true}";
  private static final String DRY_RUN = "POST /_cluster/reroute?dry_run=true";
  private static final EsAction.PutSettings PUT =
      new EsAction.PutSettings(
          sorted("cluster.routing.allocation.enable", Optional.of("new_primaries")),
          sorted("cluster.routing.rebalance.enable", Optional.empty()));
  private static final EsAction.AllocateReplica ALLOCATE =
      new EsAction.AllocateReplica(new ShardId("crowded", 0), new NodeId("n1"));

  private final CannedServer server = new CannedServer();

  private static SortedMap<String, Optional<String>> sorted(String key, Optional<String> value) {
    var map = new TreeMap<String, Optional<String>>();
    map.put(key, value);
    return map;
  }

  @AfterEach
  void close() {
    server.close();
  }

  private void perform(EsAction.OnEngine action) throws PortException {
    perform(action, server.url());
  }

  private static void perform(EsAction.OnEngine action, URI... endpoints) throws PortException {
    try (var adapter = new ElasticsearchAdapter(Connections.to(endpoints))) {
      adapter.perform(action);
    }
  }

  private PortException failure(EsAction.OnEngine action) {
    return catchThrowableOfType(PortException.class, () -> perform(action));
  }

  @Test
  void shouldPutBothScopesInOneRequestWithNullForAbsent() throws PortException {
    server.answer("PUT /_cluster/settings", 200, DONE);

    perform(PUT);

    assertThat(server.requests())
        .containsExactly(
            "PUT /_cluster/settings?filter_path=acknowledged "
                + "{\"persistent\":{\"cluster.routing.allocation.enable\":\"new_primaries\"},"
                + "\"transient\":{\"cluster.routing.rebalance.enable\":null}}");
  }

  @Test
  void shouldCallEveryUncertainOutcomeUnknown() {
    server.answer("PUT /_cluster/settings", 200, "{\"acknowledged\":false}");
    assertThat(failure(PUT).kind()).isEqualTo(PortException.Kind.UNKNOWN_OUTCOME);

    server.answer("PUT /_cluster/settings", 503, "{}");
    assertThat(failure(PUT).kind()).isEqualTo(PortException.Kind.UNKNOWN_OUTCOME);

    server.stall("PUT /_cluster/settings");
    assertThat(failure(PUT).kind()).isEqualTo(PortException.Kind.UNKNOWN_OUTCOME);
  }

  @Test
  void shouldTellRefusedFromDeniedFromUnreachable() {
    server.answer("PUT /_cluster/settings", 400, "{\"error\":{\"reason\":\"Illegal value\"}}");
    assertThat(failure(PUT).kind()).isEqualTo(PortException.Kind.REFUSED);
    assertThat(failure(PUT)).hasMessageContaining("Illegal value");

    server.answer("PUT /_cluster/settings", 403, "{}");
    assertThat(failure(PUT).kind()).isEqualTo(PortException.Kind.DENIED);

    var unreachable =
        catchThrowableOfType(PortException.class, () -> perform(PUT, Connections.deaf()));
    assertThat(unreachable.kind()).isEqualTo(PortException.Kind.UNREACHABLE);
  }

  @Test
  void neverRepeatsAWriteThatMayHaveBeenDone() {
    try (var stalled = new CannedServer().stall("PUT")) {
      server.answer("PUT /_cluster/settings", 200, DONE);

      var failure =
          catchThrowableOfType(
              PortException.class, () -> perform(PUT, stalled.url(), server.url()));

      assertThat(failure.kind()).isEqualTo(PortException.Kind.UNKNOWN_OUTCOME);
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void shouldWriteElsewhereWhereNobodyListens() throws PortException {
    server.answer("PUT /_cluster/settings", 200, DONE);

    perform(PUT, Connections.deaf(), server.url());

    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void shouldRefuseWithTheDecidersThatSaidNo() {
    server.answer(DRY_RUN, 200, Recorded.answer("es8", "allocate"));

    var failure = failure(ALLOCATE);

    assertThat(failure.kind()).isEqualTo(PortException.Kind.REFUSED);
    assertThat(failure)
        .hasMessageContaining("filter: node matches cluster setting")
        .hasMessageContaining("same_shard: a copy of this shard")
        .hasMessageNotContaining("max_retry");
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void shouldCallAFailedDryRunNotDone() {
    server.stall(DRY_RUN);
    assertThat(failure(ALLOCATE).kind()).isEqualTo(PortException.Kind.UNREACHABLE);
  }

  @Test
  void shouldSetReplicasOnlyFromTheCountThatWasSeen() throws PortException {
    var action = new EsAction.SetReplicas("books", 1, 2);
    server
        .answer("GET /books/_settings", 200, replicas("books", 1))
        .answer("PUT /books/_settings", 200, DONE);

    perform(action);

    assertThat(server.requests())
        .last()
        .asString()
        .endsWith("{\"index\":{\"number_of_replicas\":2}}");
    server.answer("GET /books/_settings", 200, replicas("books", 3));
    assertThat(failure(action).kind()).isEqualTo(PortException.Kind.REFUSED);
    assertThat(failure(action)).hasMessageContaining("3 replicas, not 1");
    server.answer("GET /books/_settings", 200, replicas("behind-an-alias", 1));
    assertThat(failure(action).kind()).isEqualTo(PortException.Kind.REFUSED);
  }

  private static String replicas(String index, int count) {
    return "{\"%s\":{\"settings\":{\"index\":{\"number_of_replicas\":\"%d\"}}}}"
        .formatted(index, count);
  }

  @Test
  void neverFailsForAFlushThatIsOnlySlowOrPartial() throws PortException {
    server.answer("POST /_flush", 409, "{}");
    perform(new EsAction.Flush());
    assertThat(server.requests()).as("no body").containsExactly("POST /_flush ");

    server.stall("POST /_flush");
    perform(new EsAction.Flush());

    server.answer("POST /_flush", 403, "{}");
    assertThat(failure(new EsAction.Flush()).kind()).isEqualTo(PortException.Kind.DENIED);
  }
}
