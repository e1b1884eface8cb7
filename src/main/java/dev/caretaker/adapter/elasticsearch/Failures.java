package dev.caretaker.adapter.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caretaker.adapter.elasticsearch.CallFailed.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.apache.http.conn.ConnectTimeoutException;
import org.elasticsearch.client.ResponseException;
import org.jspecify.annotations.Nullable;

/** What the client library throws, as sentences that say what to look at. */
final class Failures {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST_REASON = 400;

  private Failures() {}

  static CallFailed translate(Call call, String endpoint, @Nullable Throwable thrown) {
    if (thrown instanceof ResponseException response) {
      return status(call, endpoint, response);
    }
    if (thrown instanceof UnknownHostException) {
      return failed(Kind.UNREACHABLE, endpoint + " has no address: check the host name", thrown);
    }
    // Order matters: apache's connect time-out is a kind of socket time-out.
    if (thrown instanceof ConnectTimeoutException
        || thrown instanceof ConnectException
        || thrown instanceof NoRouteToHostException) {
      return failed(
          Kind.UNREACHABLE, endpoint + " cannot be reached: " + thrown.getMessage(), thrown);
    }
    if (thrown instanceof SSLException) {
      return failed(
          Kind.UNREACHABLE,
          endpoint + " is not trusted, check the CA and the scheme: " + thrown.getMessage(),
          thrown);
    }
    if (thrown instanceof SocketTimeoutException) {
      return failed(Kind.STALLED, call + " on " + endpoint + " stalled", thrown);
    }
    return failed(Kind.BROKEN, call + " on " + endpoint + " broke off: " + thrown, thrown);
  }

  private static CallFailed failed(Kind kind, String sentence, @Nullable Throwable cause) {
    return new CallFailed(kind, sentence, cause == null ? new IOException(sentence) : cause);
  }

  private static CallFailed status(Call call, String endpoint, ResponseException thrown) {
    int status = thrown.getResponse().getStatusLine().getStatusCode();
    var reason = reason(thrown);
    var said = call + " on " + endpoint + " was answered with " + status;
    return switch (status) {
      case 401 -> new CallFailed(Kind.DENIED, status, said + ": check the credentials. " + reason);
      case 403 ->
          new CallFailed(
              Kind.DENIED, status, said + ": the credentials lack a privilege. " + reason);
      case 408, 429 -> new CallFailed(Kind.UNAVAILABLE, status, said + ". " + reason);
      default -> {
        var kind = status >= 500 ? Kind.UNAVAILABLE : Kind.REFUSED;
        yield new CallFailed(kind, status, said + ". " + reason);
      }
    };
  }

  /** The engine's own words, as far as the body is one of its errors. */
  private static String reason(ResponseException thrown) {
    var entity = thrown.getResponse().getEntity();
    if (entity == null) {
      return "It gave no reason.";
    }
    try (var body = entity.getContent()) {
      return cut(words(JSON.readTree(body).path("error")));
    } catch (IOException notJson) {
      return "Its answer is no JSON: is this an Elasticsearch endpoint?";
    }
  }

  private static String words(JsonNode error) {
    if (error.isTextual()) {
      return error.asText();
    }
    var type = error.path("type").asText("");
    var reason = error.path("reason").asText("");
    var cause = deepest(error);
    return type + ": " + reason + (cause.equals(reason) ? "" : " (" + cause + ")");
  }

  /** Around it is only said where it was met; of a mapping, it alone names the field. */
  private static String deepest(JsonNode error) {
    var cause = error;
    while (cause.path("caused_by").has("reason")) {
      cause = cause.path("caused_by");
    }
    return cause.path("reason").asText("");
  }

  private static String cut(String reason) {
    return reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON) + "...";
  }
}
