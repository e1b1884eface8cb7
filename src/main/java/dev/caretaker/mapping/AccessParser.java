package dev.caretaker.mapping;

import static dev.caretaker.mapping.SpecReading.orEmpty;

import dev.caretaker.api.EsConnectionSpec;
import dev.caretaker.api.EsHostsSpec;
import dev.caretaker.api.SecretReference;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;
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
    var keeper = keeper(hosts);
    if (connection == null) {
      reading.problem("spec.connection", "is missing");
      return Optional.empty();
    }
    var endpoints = new ArrayList<URI>();
    int index = 0;
    for (var each : orEmpty(connection.endpoints())) {
      reading
          .url("spec.connection.endpoints[" + index++ + "]", each, Set.of("http", "https"))
          .ifPresent(endpoints::add);
    }
    if (index == 0) {
      reading.problem("spec.connection.endpoints", "name at least one URL of the cluster");
    }
    var probe = Optional.ofNullable(connection.probe());
    return Optional.of(
        new EsAccess(
            endpoints,
            secret("spec.connection.credentialsSecret", connection.credentialsSecret()),
            secret("spec.connection.caSecret", connection.caSecret()),
            probe.flatMap(given -> SpecReading.text(given.index())),
            reading.duration(
                "spec.connection.probe.timeout",
                connection.probe() == null ? null : connection.probe().timeout(),
                PROBE_TIMEOUT),
            keeper));
  }

  private Optional<String> secret(String path, @Nullable SecretReference reference) {
    return reference == null ? Optional.empty() : reading.name(path + ".name", reference.name());
  }

  private Optional<URI> keeper(EsHostsSpec hosts) {
    var access = hosts.access();
    if (access == null || access.local() == null) {
      if (access != null || !orEmpty(hosts.list()).isEmpty()) {
        reading.problem("spec.hosts.access", "say how processes are reached: local");
      }
      return Optional.empty();
    }
    return reading.url("spec.hosts.access.local.keeper", access.local().keeper(), Set.of("http"));
  }
}
