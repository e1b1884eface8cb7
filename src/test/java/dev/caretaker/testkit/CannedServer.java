package dev.caretaker.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An HTTP server on loopback with prepared answers, for what no real server does when asked to:
 * stall, refuse, or talk nonsense.
 */
public final class CannedServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final ConcurrentLinkedDeque<Canned> answers = new ConcurrentLinkedDeque<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<String> authorizations = new CopyOnWriteArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);

  private record Canned(String request, int status, Queue<String> bodies, boolean stalls) {
    /** Each in its turn; the last one again and again. */
    synchronized String body() {
      var next = bodies.size() > 1 ? bodies.poll() : bodies.peek();
      return next == null ? "" : next;
    }
  }

  public CannedServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /**
   * Answers requests that begin so, such as {@code GET /_cluster/state}, {@code POST / Action=} or
   * {@code POST / AmazonSQS.GetQueueUrl}; the last one said wins.
   *
   * @param bodies one for each request in turn; the last one answers all that follow
   */
  public CannedServer answer(String request, int status, String... bodies) {
    answers.addFirst(new Canned(request, status, new ArrayDeque<>(List.of(bodies)), false));
    return this;
  }

  /** Takes such requests and never answers them. */
  public CannedServer stall(String request) {
    answers.addFirst(new Canned(request, 0, new ArrayDeque<>(), true));
    return this;
  }

  /** What was asked so far: method, path and query, AWS's target where one is named, the body. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  /** The Authorization headers that came. */
  public List<String> authorizations() {
    return List.copyOf(authorizations);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var asked = exchange.getRequestMethod() + " " + exchange.getRequestURI();
      var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      var target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
      var request = asked + (target == null ? " " : " " + target + " ") + body;
      requests.add(request);
      var authorization = exchange.getRequestHeaders().getFirst("Authorization");
      authorizations.add(String.valueOf(authorization));
      var canned =
          answers.stream()
              .filter(each -> request.startsWith(each.request()))
              .findFirst()
              .orElse(new Canned("", 404, new ArrayDeque<>(List.of("{}")), false));
      if (canned.stalls()) {
        closing.await();
        return;
      }
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      var answer = canned.body().getBytes(StandardCharsets.UTF_8);
      if (exchange.getRequestMethod().equals("HEAD")) {
        exchange.sendResponseHeaders(canned.status(), -1);
        return;
      }
      exchange.sendResponseHeaders(canned.status(), answer.length);
      exchange.getResponseBody().write(answer);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
