package dev.caretaker.mapping;

import dev.caretaker.elastic.policy.EsPolicy;
import java.util.Optional;

/**
 * A whole EsCluster spec, parsed: what is wanted, and how to reach what it is wanted of.
 *
 * @param listed spot machines beside those of SpotFleets; empty where nobody announces anything
 */
public record EsCare(EsPolicy policy, EsAccess access, Optional<ListedMachines> listed) {

  /** The same wish, paused. */
  EsCare still() {
    return new EsCare(policy.still(), access, listed);
  }
}
