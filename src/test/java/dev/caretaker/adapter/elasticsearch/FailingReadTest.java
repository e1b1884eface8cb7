package dev.caretaker.adapter.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.kernel.Observed;
import dev.caretaker.testkit.CannedServer;
import dev.caretaker.testkit.Recorded;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A read that fails says which call, where, and what to look at; it never says "empty". */
class FailingReadTest {
  private final CannedServer server = Recorded.server("es8");

  @AfterEach
  void close() {
    server.close();
  }

  private static String cause(Observed<?> observed) {
    assertThat(observed).isInstanceOf(Observed.Unknown.class);
    return ((Observed.Unknown<?>) observed).cause();
  }

  private static Observed<ClusterView> read(URI... endpoints) {
    try (var adapter = new ElasticsearchAdapter(Connections.to(endpoints))) {
      return adapter.read(Set.of());
    }
  }

  @Test
  void shouldSayWhichCallStalledAndThatTheNodeItselfAnswers() {
    server.stall("GET /_cluster/state").answer("GET /_nodes/_local", 200, "{\"nodes\":{}}");

    assertThat(cause(read(server.url())))
        .contains("GET /_cluster/state/")
        .contains("stalled")
        .contains(server.url().toString())
        .contains("answers for itself: look at the elected master");
  }

  @Test
  void shouldReadFromAnotherEndpointWhereOneStalls() {
    try (var stalled = new CannedServer().stall("GET")) {
      assertThat(read(stalled.url(), server.url())).isInstanceOf(Observed.Known.class);
    }
  }

  @Test
  void shouldAskTheEndpointFirstThatAnsweredLast() {
    try (var stalled = new CannedServer().stall("GET");
        var adapter = new ElasticsearchAdapter(Connections.to(stalled.url(), server.url()))) {
      adapter.read(Set.of());
      int before = stalled.requests().size();

      adapter.read(Set.of());

      assertThat(stalled.requests()).hasSize(before);
    }
  }

  @Test
  void shouldNameEveryEndpointThatCannotBeReached() {
    assertThat(cause(read(Connections.deaf(), URI.create("http://no-such-host.invalid:9200"))))
        .contains("http://127.0.0.1:1 cannot be reached")
        .contains("http://no-such-host.invalid:9200 has no address");
  }

  @Test
  void shouldTellWrongCredentialsFromMissingPrivileges() {
    server.answer("GET /_cluster/settings", 401, "{\"error\":\"who are you\",\"status\":401}");
    assertThat(cause(read(server.url()))).contains("check the credentials");

    server.answer("GET /_cluster/settings", 403, denied("cluster:monitor/settings"));
    assertThat(cause(read(server.url())))
        .contains("lack a privilege")
        .contains("cluster:monitor/settings");
  }

  private static String denied(String privilege) {
    return "{\"error\":{\"type\":\"security_exception\",\"reason\":\"action ["
        + privilege
        + "] is unauthorized\"}}";
  }

  @Test
  void neverShowsSecrets() {
    var secret = new Credentials.Basic("caretaker", "s3cret");
    var connection = Connections.with(Optional.of(secret), Optional.empty(), server.url());
    server.answer("GET /_cluster/settings", 401, "{}");

    try (var adapter = new ElasticsearchAdapter(connection)) {
      var cause = cause(adapter.read(Set.of()));

      assertThat(server.authorizations()).containsOnly("Basic Y2FyZXRha2VyOnMzY3JldA==");
      assertThat(cause + connection).doesNotContain("s3cret").doesNotContain("Y2FyZX");
    }
    assertThat(new Credentials.ApiKey("k3y").toString()).doesNotContain("k3y");
    assertThat(new Credentials.Token("t0ken").toString()).doesNotContain("t0ken");
    assertThatThrownBy(() -> Connections.to(URI.create("http://u:s3cret@host:9200")))
        .hasMessageContaining("host")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void neverTakesAnotherAnswerForAnEmptyCluster() {
    server.answer("GET /_cluster/state", 200, "{}");
    assertThat(cause(read(server.url()))).contains("no state of a cluster");

    server.answer("GET /_cluster/state", 200, "<html>welcome</html>");
    assertThat(cause(read(server.url()))).contains("could not be understood");

    var whole = Recorded.answer("es8", "state");
    server.answer("GET /_cluster/state", 200, whole.substring(0, whole.length() / 2));
    assertThat(read(server.url())).isInstanceOf(Observed.Unknown.class);
  }

  /** ES 6.8 and 7.17 answer 200 where too few nodes came back; ES 8 answers 503. */
  @Test
  void neverTakesAStateThatIsNotRecoveredForAnEmptyCluster() {
    server.answer(
        "GET /_cluster/state",
        200,
        """
        {"cluster_uuid":"_na_","master_node":"m","blocks":{"global":{"1":{
         "description":"state not recovered / initialized",
         "levels":["read","write","metadata_read","metadata_write"]}}},
         "nodes":{"m":{"name":"b1","ephemeral_id":"e","attributes":{}}},
         "metadata":{"indices":{}},"routing_table":{"indices":{}}}
        """);

    assertThat(cause(read(server.url())))
        .contains("has not recovered its indices and settings")
        .contains("state not recovered / initialized")
        .contains("gateway.recover_after_*");
  }

  @Test
  void shouldReadUnderABlockThatHidesNothing() {
    var whole = Recorded.answer("es8", "state");
    var blocked =
        "{\"blocks\":{\"global\":{\"6\":{\"description\":\"cluster read-only (api)\","
            + "\"levels\":[\"write\",\"metadata_write\"]}}},";
    server.answer("GET /_cluster/state", 200, blocked + whole.strip().substring(1));

    assertThat(read(server.url())).isInstanceOf(Observed.Known.class);
  }

  @Test
  void shouldDoWithoutSizesAndDisks() {
    server.answer("GET /_stats/store", 403, "{}").answer("GET /_nodes/stats/fs", 403, "{}");

    var view = read(server.url()).ifKnown().orElseThrow();

    assertThat(view.sizes()).isEmpty();
    assertThat(view.nodes()).allSatisfy(node -> assertThat(node.disk()).isEmpty());
  }

  @Test
  void shouldProbeWithARealQuery() {
    server.answer("POST /_search", 200, "{\"timed_out\":false}");
    assertThat(probe(Optional.empty())).isEqualTo(Observed.known(true));

    server.answer("POST /_search", 200, "{\"timed_out\":true}");
    assertThat(probe(Optional.empty())).isEqualTo(Observed.known(false));

    server.answer("POST /_search", 503, "{}");
    assertThat(probe(Optional.empty())).isEqualTo(Observed.known(false));

    server.stall("POST /_search");
    assertThat(probe(Optional.empty())).isEqualTo(Observed.known(false));
  }

  @Test
  void shouldProbeElsewhereOnlyWhereAnEndpointIsSilent() {
    try (var stalled = new CannedServer()) {
      stalled.stall("POST /_search").answer("GET /_nodes/_local", 200, "{}");
      server.answer("POST /_search", 200, "{\"timed_out\":false}");
      assertThat(probe(Optional.empty(), stalled.url(), server.url()))
          .isEqualTo(Observed.known(false));

      stalled.stall("GET /_nodes/_local");
      assertThat(probe(Optional.empty(), stalled.url(), server.url()))
          .isEqualTo(Observed.known(true));
    }
  }

  @Test
  void neverCallsAClusterDeadThatWasNotAsked() {
    server.answer("POST /unittest/_search", 404, "{}");
    assertThat(cause(probe(Optional.of("unittest"))))
        .contains("the probe index unittest does not exist");

    server.answer("POST /_search", 401, "{}");
    assertThat(cause(probe(Optional.empty()))).contains("credentials");
  }

  private Observed<Boolean> probe(Optional<String> index) {
    return probe(index, server.url());
  }

  private static Observed<Boolean> probe(Optional<String> index, URI... endpoints) {
    var connection = Connections.with(Optional.empty(), index, endpoints);
    try (var adapter = new ElasticsearchAdapter(connection)) {
      return adapter.probe();
    }
  }

  @Test
  void shouldSayWhatIsWrongWithASpecBeforeAnyCall() {
    assertThatThrownBy(() -> Connections.to(URI.create("localhost:9200")))
        .hasMessageContaining("https://host:9200");
    assertThatThrownBy(Connections::to).hasMessageContaining("at least one URL");
    assertThatThrownBy(() -> Tls.trusting("no certificate")).hasMessageContaining("CA");
  }
}
