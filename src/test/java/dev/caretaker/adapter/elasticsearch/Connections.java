package dev.caretaker.adapter.elasticsearch;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Connections for tests: short time-outs, no credentials. */
final class Connections {
  static final Duration SHORT = Duration.ofMillis(700);

  private Connections() {}

  static EsConnection to(URI... endpoints) {
    return with(Optional.empty(), Optional.empty(), endpoints);
  }

  static EsConnection with(
      Optional<Credentials> credentials, Optional<String> probeIndex, URI... endpoints) {
    return new EsConnection(
        List.of(endpoints),
        credentials,
        Optional.empty(),
        new EsConnection.Probe(probeIndex, SHORT),
        "zone",
        new EsConnection.Timeouts(SHORT, SHORT, SHORT));
  }

  /** An address where nothing listens. */
  static URI deaf() {
    return URI.create("http://127.0.0.1:1");
  }
}
