package dev.caretaker.sandbox.recorder;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A reverse proxy on the loopback address: requests and answers pass unchanged, streams as they
 * come, and every change is noted in the {@link Journal}.
 *
 * <p>Where the other side refuses connections it answers 502: nothing was done. Where the other
 * side dies in mid-request, the connection ends without an answer.
 */
public final class RecordingProxy implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(RecordingProxy.class);
  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final int CHUNK = 16 * 1024;
  private static final Duration REFUSING = Duration.ofSeconds(1);

  static {
    // Without it the JDK's server waits 40 ms before the last packet of many an answer.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final Side side;
  private final Upstream upstream;
  private final Journal journal;
  private final HttpServer server;
  private final ExecutorService threads;
  private final Map<HttpExchange, InputStream> open = new ConcurrentHashMap<>();

  /** Listens at once, on a free port. */
  public RecordingProxy(Side side, Upstream upstream, Journal journal) throws IOException {
    this(side, upstream, journal, 0);
  }

  /** Listens at once, on that port where it is free and on another one where it is not. */
  public RecordingProxy(Side side, Upstream upstream, Journal journal, int port)
      throws IOException {
    this.side = side;
    this.upstream = upstream;
    this.journal = journal;
    this.server = listening(port);
    this.threads = Executors.newCachedThreadPool(RecordingProxy::daemon);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  private static HttpServer listening(int port) throws IOException {
    var loopback = InetAddress.getByAddress(LOOPBACK);
    try {
      return HttpServer.create(new InetSocketAddress(loopback, port), 0);
    } catch (BindException taken) {
      return HttpServer.create(new InetSocketAddress(loopback, 0), 0);
    }
  }

  /** Where it listens, without a path. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Ends all streams: their reader is dead, and an idle stream would never notice. */
  public void endStreams() {
    open.values().forEach(RecordingProxy::closeQuietly);
  }

  @Override
  public void close() {
    server.stop(0);
    endStreams();
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    long arrivedUnder = journal.generation();
    try (exchange) {
      if ("websocket".equalsIgnoreCase(exchange.getRequestHeaders().getFirst("Upgrade"))) {
        // As kubectl proxy does: the client then watches over plain HTTP, which we can follow.
        exchange.sendResponseHeaders(200, -1);
        return;
      }
      byte[] body = exchange.getRequestBody().readAllBytes();
      var uri = exchange.getRequestURI();
      var query = Optional.ofNullable(uri.getRawQuery());
      var method = exchange.getRequestMethod();
      var passage = new Passage(exchange, body);
      var text = new String(body, StandardCharsets.UTF_8);
      if (EffectRule.asksForChange(side, method, uri.getRawPath(), query, text)) {
        journal.change(arrivedUnder, side, method, uri.toString(), text, passage);
      } else {
        passage.perform();
        passage.answer();
      }
    }
  }

  /** One request on its way through. */
  private final class Passage implements Journal.Exchange {
    private final HttpExchange exchange;
    private final byte[] body;
    private final AtomicReference<Outcome> outcome = new AtomicReference<>(new Broken());
    private CompletableFuture<HttpResponse<InputStream>> asked = new CompletableFuture<>();
    private boolean underWay;

    Passage(HttpExchange exchange, byte[] body) {
      this.exchange = exchange;
      this.body = body;
    }

    @Override
    public boolean perform() {
      asked =
          upstream
              .client()
              .sendAsync(Headers.request(upstream, exchange, body), BodyHandlers.ofInputStream());
      underWay = side == Side.HOST && !isAnsweredSoon();
      return underWay || isDone();
    }

    /** supervisord answers a stop when it is over; what it has not refused by then, it does. */
    private boolean isAnsweredSoon() {
      return asked
          .handle((answer, failure) -> true)
          .completeOnTimeout(false, REFUSING.toMillis(), TimeUnit.MILLISECONDS)
          .join();
    }

    private boolean isDone() {
      try {
        var answer = asked.get();
        outcome.set(new Answered(answer));
        return answer.statusCode() / 100 == 2;
      } catch (ExecutionException e) {
        if (e.getCause() instanceof ConnectException) {
          outcome.set(new Refused());
        }
        log.debug("no answer to {}", exchange.getRequestURI(), e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return false;
    }

    @Override
    public void answer() {
      if (underWay) {
        isDone();
      }
      try {
        if (outcome.get() instanceof Answered answered) {
          pass(answered.response());
        } else if (outcome.get() instanceof Refused) {
          refuse();
        } else {
          drop();
        }
      } catch (IOException e) {
        log.debug("the reader of {} is gone", exchange.getRequestURI(), e);
      }
    }

    @Override
    public void drop() {
      if (outcome.get() instanceof Answered answered) {
        closeQuietly(answered.response().body());
      }
      exchange.close();
    }

    private void refuse() throws IOException {
      byte[] text = "{\"error\":\"connection refused\"}".getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(502, text.length);
      exchange.getResponseBody().write(text);
    }

    private void pass(HttpResponse<InputStream> response) throws IOException {
      response
          .headers()
          .map()
          .forEach(
              (name, values) -> {
                if (Headers.isPassed(name)) {
                  exchange.getResponseHeaders().put(name, List.copyOf(values));
                }
              });
      try (var stream = response.body()) {
        open.put(exchange, stream);
        exchange.sendResponseHeaders(
            response.statusCode(), isWatch() ? 0 : Headers.length(response));
        if (isWatch()) {
          AsciiJson.copy(stream, exchange.getResponseBody());
        } else {
          copy(stream);
        }
      } finally {
        open.remove(exchange);
      }
    }

    private boolean isWatch() {
      var query = Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
      return side == Side.KUBERNETES && query.matches("(.*&)?watch=(true|1)(&.*)?");
    }

    private void copy(InputStream stream) throws IOException {
      var out = exchange.getResponseBody();
      byte[] chunk = new byte[CHUNK];
      for (int read = stream.read(chunk); read >= 0; read = stream.read(chunk)) {
        out.write(chunk, 0, read);
        out.flush();
      }
    }
  }

  private sealed interface Outcome {}

  private record Answered(HttpResponse<InputStream> response) implements Outcome {}

  private record Refused() implements Outcome {}

  private record Broken() implements Outcome {}

  private static void closeQuietly(InputStream stream) {
    try {
      stream.close();
    } catch (IOException e) {
      log.debug("a stream that we end anyway", e);
    }
  }

  private static Thread daemon(Runnable work) {
    var thread = new Thread(work, "recording-proxy");
    thread.setDaemon(true);
    return thread;
  }
}
