package dev.caretaker.adapter.host;

import static java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caretaker.elastic.action.EsAction;
import dev.caretaker.elastic.model.HostProcess;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.kernel.Bytes;
import dev.caretaker.kernel.Observed;
import dev.caretaker.port.HostPort;
import dev.caretaker.port.PortException;
import dev.caretaker.port.PortException.Kind;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Nodes that run on this machine, under a keeper that survives the operator (docs/keeper.md). */
public final class LocalHosts implements HostPort {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI keeper;
  private final Duration within;
  private final HttpClient client;

  /** Speaks to the keeper at this URL, such as {@code http://127.0.0.1:7070}. */
  public LocalHosts(URI keeper) {
    // It answers on loopback and at once; what takes longer is stuck.
    this(keeper, Duration.ofSeconds(5));
  }

  LocalHosts(URI keeper, Duration within) {
    this.keeper = keeper;
    this.within = within;
    this.client = HttpClient.newBuilder().connectTimeout(within).build();
  }

  @Override
  public Observed<HostProcess> read(NodeName node) {
    try {
      var answer = ask("GET", path(node));
      return answer.statusCode() == 200
          ? process(answer.body())
          : Observed.unknown("the keeper says of " + node + ": " + complaint(answer));
    } catch (PortException failed) {
      return Observed.unknown(String.valueOf(failed.getMessage()));
    }
  }

  @Override
  public Observed<Instant> clock(NodeName node) {
    try {
      return ask("GET", path(node))
          .headers()
          .firstValue("Date")
          .map(date -> Observed.known(Instant.from(RFC_1123_DATE_TIME.parse(date))))
          .orElseGet(() -> Observed.unknown("the keeper does not tell the time"));
    } catch (PortException failed) {
      return Observed.unknown(String.valueOf(failed.getMessage()));
    } catch (DateTimeParseException odd) {
      return Observed.unknown("the keeper tells an odd time: " + odd.getMessage());
    }
  }

  /** The keeper obeys everybody who reaches it, which only this machine does. */
  @Override
  public Observed<Boolean> mayRestart(NodeName node) {
    return Observed.known(true);
  }

  private static Observed<HostProcess> process(String body) {
    try {
      var status = JSON.readTree(body);
      var word = status.path("state").asText();
      var state =
          switch (word) {
            case "RUNNING" -> HostProcess.State.RUNNING;
            case "STOPPED" -> HostProcess.State.STOPPED;
            case "EXITED" -> HostProcess.State.DIED;
            default -> null;
          };
      if (state == null) {
        return Observed.unknown("the keeper says a state that is not known here: " + word);
      }
      return Observed.known(
          new HostProcess(
              state,
              text(status, "token"),
              text(status, "startedAt").map(Instant::parse),
              bytes(status, "diskTotal"),
              bytes(status, "diskFree")));
    } catch (JsonProcessingException | DateTimeParseException unreadable) {
      return Observed.unknown("the keeper's answer makes no sense: " + unreadable.getMessage());
    }
  }

  private static Optional<String> text(JsonNode status, String field) {
    return Optional.of(status.path(field)).filter(JsonNode::isTextual).map(JsonNode::asText);
  }

  private static Optional<Bytes> bytes(JsonNode status, String field) {
    return Optional.of(status.path(field))
        .filter(JsonNode::isIntegralNumber)
        .map(number -> new Bytes(Math.max(0, number.asLong())));
  }

  @Override
  public void perform(EsAction.OnHost action) throws PortException {
    if (action instanceof EsAction.StopNode stop) {
      // The keeper compares the token with what runs, so that no other incarnation is stopped.
      change(path(stop.node()) + "/stop?token=" + encoded(stop.incarnation()));
    } else if (action instanceof EsAction.StartNode start) {
      change(path(start.node()) + "/start");
    }
  }

  private void change(String path) throws PortException {
    var answer = ask("POST", path);
    if (answer.statusCode() == 202) {
      return;
    }
    // Every 4xx was found wrong before anything was done; after a 5xx nobody knows.
    var kind = answer.statusCode() < 500 ? Kind.REFUSED : Kind.UNKNOWN_OUTCOME;
    throw new PortException(kind, "the keeper does not do it: " + complaint(answer));
  }

  private static String complaint(HttpResponse<String> answer) {
    try {
      var error = JSON.readTree(answer.body()).path("error").asText();
      return error.isEmpty() ? "status " + answer.statusCode() : error;
    } catch (JsonProcessingException notJson) {
      return "status " + answer.statusCode();
    }
  }

  private HttpResponse<String> ask(String method, String path) throws PortException {
    var what = method + " " + path.split("\\?", 2)[0] + " on the keeper at " + keeper;
    var request =
        HttpRequest.newBuilder(keeper.resolve(path))
            .method(method, BodyPublishers.noBody())
            .timeout(within)
            .build();
    var running = client.sendAsync(request, BodyHandlers.ofString());
    try {
      // The request's own time-out ends with the headers; this one is for the body too.
      return running.get(within.multipliedBy(2).toMillis(), MILLISECONDS);
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof ConnectException refused
          ? new PortException(Kind.UNREACHABLE, what + ": nobody listens there", refused)
          : new PortException(
              Kind.UNKNOWN_OUTCOME, what + " broke off: " + failed.getCause(), failed);
    } catch (TimeoutException late) {
      running.cancel(true);
      throw new PortException(Kind.UNKNOWN_OUTCOME, what + " was not answered in time", late);
    } catch (InterruptedException stopping) {
      running.cancel(true);
      Thread.currentThread().interrupt();
      throw new PortException(
          Kind.UNKNOWN_OUTCOME, what + " was given up: shutting down", stopping);
    }
  }

  private static String path(NodeName node) {
    return "/programs/" + encoded(node.value());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
