package dev.caretaker.sandbox.recorder;

import java.net.URI;
import java.net.http.HttpClient;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * The real other side of a proxy.
 *
 * @param url without a path
 * @param authorization the value of that header, where one is needed
 */
public record Upstream(URI url, HttpClient client, Optional<String> authorization) {

  /** Another program on this machine, over plain HTTP. */
  public static Upstream plain(URI url) {
    return new Upstream(url, connections().build(), Optional.empty());
  }

  /** A server that knows its clients by certificate, token, or both. */
  public static Upstream secured(URI url, SSLContext context, Optional<String> authorization) {
    return new Upstream(url, connections().sslContext(context).build(), authorization);
  }

  /** A connection for each request under way, so that a watch can be ended without the others. */
  private static HttpClient.Builder connections() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER);
  }
}
