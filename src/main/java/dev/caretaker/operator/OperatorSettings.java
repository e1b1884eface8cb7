package dev.caretaker.operator;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Set;

/**
 * How the operator process runs.
 *
 * @param namespaces to watch; all where empty
 * @param health where metrics and health are served; port 0 takes a free one
 * @param election present where one of several processes shall lead
 */
public record OperatorSettings(
    Set<String> namespaces, InetSocketAddress health, Optional<Election> election) {
  public OperatorSettings {
    namespaces = Set.copyOf(namespaces);
  }

  /**
   * The Lease that the leader holds.
   *
   * @param identity stable over restarts, so that a restarted process takes over at once
   */
  public record Election(String namespace, String lease, String identity) {}
}
