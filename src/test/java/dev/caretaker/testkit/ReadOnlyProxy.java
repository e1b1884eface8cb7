package dev.caretaker.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.caretaker.sandbox.recorder.EffectRule;
import dev.caretaker.sandbox.recorder.Side;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Lets questions through to another server and refuses everything that could change something. */
public final class ReadOnlyProxy implements AutoCloseable {
  private static final int FORBIDDEN = 403;

  private final HttpServer server;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Side side;
  private final URI upstream;
  private final List<String> passed = new CopyOnWriteArrayList<>();
  private final List<String> refused = new CopyOnWriteArrayList<>();

  /** Listens at once, on a free port of the loopback address. */
  public ReadOnlyProxy(Side side, URI upstream) {
    this.side = side;
    this.upstream = upstream;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.start();
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Method and path of what was let through. */
  public List<String> passed() {
    return List.copyOf(passed);
  }

  /** Method and path of what would have changed something. */
  public List<String> refused() {
    return List.copyOf(refused);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var uri = exchange.getRequestURI();
      var method = exchange.getRequestMethod();
      var query = Optional.ofNullable(uri.getRawQuery());
      var bytes = exchange.getRequestBody().readAllBytes();
      var text = new String(bytes, StandardCharsets.UTF_8);
      if (EffectRule.asksForChange(side, method, uri.getRawPath(), query, text)) {
        refused.add(method + " " + uri);
        exchange.sendResponseHeaders(FORBIDDEN, -1);
        return;
      }
      passed.add(method + " " + uri);
      var body = BodyPublishers.ofByteArray(bytes);
      var request = HttpRequest.newBuilder(URI.create(upstream + uri.toString()));
      Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Type"))
          .ifPresent(type -> request.header("Content-Type", type));
      var answer = client.send(request.method(method, body).build(), BodyHandlers.ofByteArray());
      answer
          .headers()
          .firstValue("Content-Type")
          .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
      // The client library asks whether it talks to the product that it was made for.
      answer
          .headers()
          .firstValue("X-Elastic-Product")
          .ifPresent(product -> exchange.getResponseHeaders().set("X-Elastic-Product", product));
      exchange.sendResponseHeaders(answer.statusCode(), Math.max(answer.body().length, 1));
      exchange.getResponseBody().write(answer.body());
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
