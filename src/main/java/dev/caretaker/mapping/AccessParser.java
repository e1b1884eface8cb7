package dev.caretaker.mapping;

import dev.caretaker.api.EsConnectionSpec;
import dev.caretaker.api.EsHostsSpec;
import dev.caretaker.api.Shapes;
import dev.caretaker.mapping.Problem.Rule;
import dev.caretaker.mapping.SpecReading.Shape;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads {@code spec.connection} and {@code spec.hosts.access}. */
final class AccessParser {
  /** A query of one document; a cluster that needs longer does not serve. */
  private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(10);

  private final SpecReading reading;

  AccessParser(SpecReading reading) {
    this.reading = reading;
  }

  /** Empty only where a problem was found. */
  Optional<EsAccess> read(@Nullable EsConnectionSpec connection, EsHostsSpec hosts) {
    var ways = new HostAccessParser(reading).read(hosts);
    if (connection == null) {
      reading.problem("spec.connection", Rule.TYPE, "is missing");
      return Optional.empty();
    }
    var endpoints = new ArrayList<URI>();
    var path = "spec.connection.endpoints";
    int index = 0;
    var given = SpecReading.orEmpty(connection.endpoints());
    for (var each : reading.entries(path, given, 1, Shapes.MOST_ENDPOINTS)) {
      reading.url(path + "[" + index++ + "]", each, Shape.ENDPOINT).ifPresent(endpoints::add);
    }
    var probe = Optional.ofNullable(connection.probe());
    return Optional.of(
        new EsAccess(
            endpoints,
            reading.secret("spec.connection.credentialsSecret", connection.credentialsSecret()),
            reading.secret("spec.connection.caSecret", connection.caSecret()),
            probe.flatMap(
                each ->
                    reading.shapedOrNone("spec.connection.probe.index", each.index(), Shape.INDEX)),
            reading.duration(
                "spec.connection.probe.timeout",
                connection.probe() == null ? null : connection.probe().timeout(),
                PROBE_TIMEOUT),
            ways));
  }
}
