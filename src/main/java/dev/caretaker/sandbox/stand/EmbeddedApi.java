package dev.caretaker.sandbox.stand;

import dev.caretaker.sandbox.recorder.EffectRule;
import dev.caretaker.sandbox.recorder.Journal;
import dev.caretaker.sandbox.recorder.Side;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The mock API server in this JVM. Its watches are web sockets, which no proxy of ours follows: it
 * notes the operator's changes itself.
 */
final class EmbeddedApi {

  private static final String SANDBOX = "caretaker-sandbox";

  /** What the operator says it is; people may talk to this server too, with curl. */
  private static final String OPERATOR = "fabric8-kubernetes-client";

  private static final String EVERYTHING_ALLOWED =
      """
      {"apiVersion": "authorization.k8s.io/v1", "kind": "SelfSubjectRulesReview", "spec": {},
       "status": {"incomplete": false, "nonResourceRules": [], "resourceRules": [
         {"apiGroups": ["coordination.k8s.io"], "resources": ["leases"], "verbs": ["*"]}]}}
      """;

  /** Kept here, or its level would be forgotten with it: it tells of every request. */
  private static final Logger CHATTER = Logger.getLogger("io.fabric8.mockwebserver");

  private final KubernetesMockServer server;

  EmbeddedApi(Journal journal) throws UnknownHostException {
    CHATTER.setLevel(Level.WARNING);
    var dispatcher = new Recording(journal);
    server =
        new KubernetesMockServer(
            new Context(), new MockWebServer(), new HashMap<>(), dispatcher, false);
    server.init(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0);
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getPort());
  }

  Config config() {
    return new ConfigBuilder(Config.empty())
        .withMasterUrl(url().toString())
        .withNamespace("default")
        .withUserAgent(SANDBOX)
        .build();
  }

  void close() {
    server.destroy();
  }

  private static final class Recording extends KubernetesCrudDispatcher {
    private final Journal journal;

    Recording(Journal journal) {
      this.journal = journal;
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) {
      if (request.getPath().endsWith("/selfsubjectrulesreviews")) {
        // The mock has no roles, and the operator asks whether it may lead.
        return new MockResponse().setResponseCode(201).setBody(EVERYTHING_ALLOWED);
      }
      var agent = Optional.ofNullable(request.getHeader("User-Agent")).orElse("");
      var path = request.getPath();
      boolean change =
          EffectRule.asksForChange(
              Side.KUBERNETES, request.getMethod(), path.split("\\?", 2)[0], Optional.empty(), "");
      if (!change || !agent.startsWith(OPERATOR)) {
        return super.dispatch(request);
      }
      var exchange = new Answering(() -> super.dispatch(request));
      journal.change(
          journal.generation(),
          Side.KUBERNETES,
          request.getMethod(),
          path,
          text(request),
          exchange);
      return exchange.response;
    }

    /** Not {@code getUtf8Body()}: it takes the body away, and the dispatcher would find none. */
    private static String text(RecordedRequest request) {
      return new String(request.getBody().getBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The answer goes out when the dispatcher returns, so a crash always comes before it. */
  private static final class Answering implements Journal.Exchange {
    private final Supplier<MockResponse> dispatch;
    private MockResponse response = new MockResponse().setResponseCode(500);

    Answering(Supplier<MockResponse> dispatch) {
      this.dispatch = dispatch;
    }

    @Override
    public boolean perform() {
      response = dispatch.get();
      return response.code() / 100 == 2;
    }

    @Override
    public void answer() {
      // Returned by the dispatcher.
    }

    @Override
    public void drop() {
      // Its reader is dead.
    }
  }
}
