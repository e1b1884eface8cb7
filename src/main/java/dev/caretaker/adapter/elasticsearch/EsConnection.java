package dev.caretaker.adapter.elasticsearch;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a cluster is reached.
 *
 * @param endpoints tried in order; one that stalls is no dead cluster
 * @param ca certificates in PEM that endpoints are trusted by; the machine's own where empty
 * @param zoneAttribute the node attribute that names a node's zone
 */
public record EsConnection(
    List<URI> endpoints,
    Optional<Credentials> credentials,
    Optional<String> ca,
    Probe probe,
    String zoneAttribute,
    Timeouts timeouts) {

  /**
   * The query that decides whether the cluster serves.
   *
   * @param index empty: all indices are asked, and one that is red is no failure
   */
  public record Probe(Optional<String> index, Duration timeout) {}

  /** How long is waited for an answer, counted here, because a stalled master honours no limit. */
  public record Timeouts(Duration connect, Duration read, Duration write) {
    public static final Timeouts DEFAULT =
        new Timeouts(Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(20));
  }

  /**
   * Checks what can be checked without a call.
   *
   * @throws IllegalArgumentException with a sentence for whoever wrote the spec
   */
  public EsConnection {
    endpoints = List.copyOf(endpoints);
    if (endpoints.isEmpty()) {
      throw new IllegalArgumentException("there is no endpoint: name at least one URL");
    }
    endpoints.forEach(EsConnection::check);
  }

  private static void check(URI endpoint) {
    var scheme = endpoint.getScheme();
    boolean web = "http".equals(scheme) || "https".equals(scheme);
    if (!web || endpoint.getHost() == null || endpoint.getUserInfo() != null) {
      // The host alone: a URL that carries a password must not end in a log.
      throw new IllegalArgumentException(
          "an endpoint must look like https://host:9200, without credentials in it; host read: "
              + endpoint.getHost());
    }
  }
}
