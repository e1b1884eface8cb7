package dev.caretaker.sandbox.recorder;

import com.sun.net.httpserver.HttpExchange;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Set;

/** What of a request and its answer belongs to the two who talk, and what to one connection. */
final class Headers {
  /** They belong to one connection, or are set by the client library itself. */
  private static final Set<String> NOT_PASSED =
      Set.of(
          "connection",
          "content-length",
          "expect",
          "host",
          "http2-settings",
          "keep-alive",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private Headers() {}

  /** The same request to the other side. */
  static HttpRequest request(Upstream upstream, HttpExchange exchange, byte[] body) {
    var request =
        HttpRequest.newBuilder(URI.create(upstream.url() + exchange.getRequestURI().toString()))
            .method(
                exchange.getRequestMethod(),
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (isPassed(name)) {
                values.forEach(value -> request.header(name, value));
              }
            });
    upstream.authorization().ifPresent(value -> request.setHeader("Authorization", value));
    return request.build();
  }

  static boolean isPassed(String header) {
    return !NOT_PASSED.contains(header.toLowerCase(Locale.ROOT)) && !header.startsWith(":");
  }

  /** What the JDK's server wants to know: -1 for no body, 0 for chunks until the end. */
  static long length(HttpResponse<?> response) {
    if (response.statusCode() == 204 || response.statusCode() == 304) {
      return -1;
    }
    if (response.request().method().equals("HEAD")) {
      return -1;
    }
    long known = response.headers().firstValueAsLong("Content-Length").orElse(-2);
    return known == 0 ? -1 : Math.max(known, 0);
  }
}
