package dev.caretaker.mapping;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a cluster and its machines are reached.
 *
 * @param endpoints tried in order, at least one
 * @param credentialsSecret name of a Secret beside the resource
 * @param caSecret name of a Secret beside the resource
 * @param probeIndex the index or alias to search; all where empty
 * @param probeTimeout how long that query may take
 * @param localKeeper the keeper of the processes; empty where no host is listed
 */
public record EsAccess(
    List<URI> endpoints,
    Optional<String> credentialsSecret,
    Optional<String> caSecret,
    Optional<String> probeIndex,
    Duration probeTimeout,
    Optional<URI> localKeeper) {
  public EsAccess {
    endpoints = List.copyOf(endpoints);
  }
}
