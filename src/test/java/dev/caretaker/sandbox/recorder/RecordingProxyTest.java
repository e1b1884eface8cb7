package dev.caretaker.sandbox.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.caretaker.testkit.CannedServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecordingProxyTest {

  private final HttpClient client = HttpClient.newHttpClient();
  private final Journal journal = new Journal();
  private final CannedServer engine = new CannedServer();
  private final List<AutoCloseable> open = new ArrayList<>(List.of(engine));

  @AfterEach
  void closeAll() throws Exception {
    for (var each : open) {
      each.close();
    }
  }

  @Test
  void shouldPassAnswersUnchangedAndCountNoQuestion() throws Exception {
    engine.answer("GET /_cluster/health", 200, "{\"status\":\"green\"}");
    engine.answer("POST /_search", 200, "{}");
    var proxy = proxy(engine.url());

    assertThat(ask(proxy, "GET", "/_cluster/health?level=indices", "").body())
        .isEqualTo("{\"status\":\"green\"}");
    ask(proxy, "POST", "/_search", "{}");
    ask(proxy, "POST", "/_cluster/reroute?dry_run=true", "{}");

    assertThat(journal.effects()).isEmpty();
    assertThat(engine.requests()).anyMatch(line -> line.contains("level=indices"));
  }

  @Test
  void shouldCountWhatWasDoneAndNotWhatWasRefused() throws Exception {
    engine.answer("PUT /_cluster/settings", 200, "{}");
    engine.answer("POST /_cluster/reroute", 400, "{}");
    var proxy = proxy(engine.url());

    ask(proxy, "PUT", "/_cluster/settings", "{\"persistent\":{}}");
    var refused = ask(proxy, "POST", "/_cluster/reroute", "{}");

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(journal.effects())
        .extracting(Effect::line)
        .containsExactly("PUT /_cluster/settings");
    assertThat(journal.effects().get(0).body()).isEqualTo("{\"persistent\":{}}");
  }

  @Test
  void shouldCrashOnceForEachEffectInTurnsBeforeAndAfterTheAnswer() throws Exception {
    engine.answer("PUT /_cluster/settings", 200, "{}");
    var proxy = proxy(engine.url());
    journal.crashAfterEach(journal::newGeneration);

    assertThatThrownBy(() -> ask(proxy, "PUT", "/_cluster/settings", "{}"))
        .isInstanceOf(IOException.class);
    assertThat(ask(proxy, "PUT", "/_cluster/settings", "{}").statusCode()).isEqualTo(200);
    journal.crashNoMore();
    ask(proxy, "PUT", "/_cluster/settings", "{}");

    assertThat(journal.effectsOfCrashes()).isEqualTo(2);
    assertThat(journal.crashes()).isEqualTo(2);
    assertThat(engine.requests()).hasSize(3);
  }

  @Test
  void shouldSayThatNothingWasDoneWhereTheOtherSideIsDown() throws Exception {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    var proxy = proxy(URI.create("http://127.0.0.1:" + port));

    assertThat(ask(proxy, "PUT", "/_cluster/settings", "{}").statusCode()).isEqualTo(502);
    assertThat(journal.effects()).isEmpty();
  }

  @Test
  void shouldPassAStreamAsItComes() throws Exception {
    var end = new CountDownLatch(1);
    var proxy = proxy(streaming(end));

    var response =
        client.send(
            HttpRequest.newBuilder(URI.create(proxy.url() + "/api/watch")).build(),
            BodyHandlers.ofInputStream());
    try (InputStream stream = response.body()) {
      assertThat(new String(stream.readNBytes(6), StandardCharsets.UTF_8)).isEqualTo("first\n");
      end.countDown();
      assertThat(new String(stream.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("last\n");
    }
  }

  @Test
  void shouldPassAWatchInAsciiAndSayTheSame() throws Exception {
    engine.answer("GET /api/v1/pods", 200, "{\"name\":\"t\u00fcr \u2026 \ud83d\ude80\"}\n");
    var proxy = new RecordingProxy(Side.KUBERNETES, Upstream.plain(engine.url()), journal);
    open.add(proxy);

    var answer = ask(proxy, "GET", "/api/v1/pods?allowWatchBookmarks=true&watch=true", "").body();

    assertThat(answer).isEqualTo("{\"name\":\"t\\u00fcr \\u2026 \\ud83d\\ude80\"}\n");
  }

  @Test
  void shouldSendWatchersToPlainHttp() throws Exception {
    var proxy = proxy(engine.url());

    var answer =
        client
            .newWebSocketBuilder()
            .buildAsync(
                URI.create("ws://127.0.0.1:" + proxy.url().getPort() + "/api/v1/pods?watch=true"),
                new java.net.http.WebSocket.Listener() {});

    assertThatThrownBy(answer::join).hasMessageContaining("Handshake");
    assertThat(engine.requests()).isEmpty();
  }

  private RecordingProxy proxy(URI upstream) throws IOException {
    var proxy = new RecordingProxy(Side.ENGINE, Upstream.plain(upstream), journal);
    open.add(proxy);
    return proxy;
  }

  /** Sends a line, then waits, then sends another. */
  private URI streaming(CountDownLatch end) throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var threads = Executors.newCachedThreadPool();
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("first\n".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            end.await();
            exchange.getResponseBody().write("last\n".getBytes(StandardCharsets.UTF_8));
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    server.start();
    open.add(
        () -> {
          server.stop(0);
          threads.shutdownNow();
        });
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private HttpResponse<String> ask(RecordingProxy proxy, String method, String path, String body)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(proxy.url() + path))
            .method(method, BodyPublishers.ofString(body))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }
}
