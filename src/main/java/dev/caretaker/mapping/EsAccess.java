package dev.caretaker.mapping;

import dev.caretaker.elastic.model.SpotMachine;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a cluster and its machines are reached.
 *
 * @param endpoints tried in order, at least one
 * @param credentialsSecret name of a Secret beside the resource
 * @param caSecret name of a Secret beside the resource
 * @param probeIndex the index or alias to search; all where empty
 * @param probeTimeout how long that query may take
 * @param hosts the way to the processes; empty where no host is listed
 */
public record EsAccess(
    List<URI> endpoints,
    Optional<String> credentialsSecret,
    Optional<String> caSecret,
    Optional<String> probeIndex,
    Duration probeTimeout,
    Optional<HostAccess> hosts) {
  public EsAccess {
    endpoints = List.copyOf(endpoints);
  }

  /** The same with a way to the machines of fleets. */
  public EsAccess reaching(List<SpotMachine> machines) {
    return new EsAccess(
        endpoints,
        credentialsSecret,
        caSecret,
        probeIndex,
        probeTimeout,
        hosts.map(each -> each.reaching(machines)));
  }

  /** The Secrets that the engine is reached with. */
  public List<String> engineSecrets() {
    return Stream.of(credentialsSecret, caSecret).flatMap(Optional::stream).distinct().toList();
  }

  /** All Secrets that the resource refers to, and no other is ever read. */
  public List<String> secrets() {
    var ofHosts = hosts.map(HostAccess::secrets).orElse(List.of());
    return Stream.concat(engineSecrets().stream(), ofHosts.stream()).distinct().toList();
  }
}
