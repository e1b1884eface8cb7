package dev.caretaker.sandbox.keeper;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The keeper's protocol over HTTP on the loopback address; docs/keeper.md describes it. */
public final class KeeperServer implements AutoCloseable {

  /** One client asks seldom; a second thread keeps a slow one from holding up the others. */
  private static final int THREADS = 4;

  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  private static final String TOKEN = "token=";

  private final Keeper keeper;
  private final HttpServer server;
  private final ExecutorService threads;

  /**
   * Listens at once.
   *
   * @param port 0 for any free one
   */
  public KeeperServer(Keeper keeper, int port) throws IOException {
    this.keeper = keeper;
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port), 0);
    this.threads = Executors.newFixedThreadPool(THREADS, KeeperServer::daemon);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /** Where it listens, without a path. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdown();
  }

  private record Answer(int status, JsonNode body) {

    static Answer error(int status, String sentence) {
      return new Answer(status, object().put("error", sentence));
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Answer answer = route(exchange);
      byte[] body = answer.body().toString().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(answer.status(), body.length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body);
      }
    }
  }

  private Answer route(HttpExchange exchange) {
    String method = exchange.getRequestMethod();
    List<String> path = List.of(exchange.getRequestURI().getPath().substring(1).split("/", -1));
    if (!path.get(0).equals("programs") || path.size() > 3) {
      return Answer.error(404, "no such path");
    }
    if (path.size() > 1 && !keeper.knows(path.get(1))) {
      return Answer.error(404, "no program " + path.get(1) + "; there are " + keeper.names());
    }
    try {
      if (path.size() == 3) {
        return method.equals("POST")
            ? change(path.get(1), path.get(2), exchange.getRequestURI())
            : Answer.error(405, "POST only");
      }
      if (!method.equals("GET")) {
        return Answer.error(405, "GET only");
      }
      return new Answer(200, path.size() == 2 ? status(path.get(1)) : all());
    } catch (IOException | IllegalStateException e) {
      return Answer.error(500, String.valueOf(e.getMessage()));
    }
  }

  private Answer change(String name, String verb, URI uri) throws IOException {
    return switch (verb) {
      case "start" -> {
        keeper.start(name);
        yield new Answer(202, object());
      }
      case "stop" ->
          token(uri)
              .map(token -> stop(name, token))
              .orElseGet(() -> Answer.error(400, "stop needs ?token=, from the status"));
      default -> Answer.error(404, "a program can be started or stopped, not: " + verb);
    };
  }

  private Answer stop(String name, String token) {
    return switch (keeper.stop(name, token)) {
      case STOPPING, NOT_RUNNING -> new Answer(202, object());
      case OTHER_INCARNATION ->
          Answer.error(409, name + " runs as another incarnation than " + token);
    };
  }

  private static Optional<String> token(URI uri) {
    return Optional.ofNullable(uri.getRawQuery()).stream()
        .flatMap(query -> Arrays.stream(query.split("&", -1)))
        .filter(pair -> pair.startsWith(TOKEN))
        .map(pair -> URLDecoder.decode(pair.substring(TOKEN.length()), StandardCharsets.UTF_8))
        .findFirst();
  }

  private JsonNode all() throws IOException {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    for (String name : keeper.names()) {
      all.add(status(name));
    }
    return all;
  }

  private JsonNode status(String name) throws IOException {
    ProgramStatus status = keeper.status(name);
    ObjectNode json = object().put("name", name).put("state", status.state().word());
    json.putNull("pid").putNull("token").putNull("startedAt");
    json.putNull("exitCode").putNull("exitedAt");
    if (status.state() instanceof ProgramState.Running running) {
      json.put("pid", running.pid()).put("token", running.token());
      json.put("startedAt", running.startedAt().toString());
    } else if (status.state() instanceof ProgramState.Stopped stopped) {
      json.put("exitCode", stopped.exitCode()).put("exitedAt", stopped.at().toString());
    } else if (status.state() instanceof ProgramState.Exited exited) {
      json.put("exitCode", exited.exitCode()).put("exitedAt", exited.at().toString());
    }
    json.put("diskTotal", status.disk().total());
    return json.put("diskFree", status.disk().free());
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "keeper-http");
    thread.setDaemon(true);
    return thread;
  }
}
