package dev.caretaker.elastic.model;

import dev.caretaker.kernel.Bytes;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A node as the master's cluster state lists it, with what the node itself said.
 *
 * @param ephemeralId changes with every start of the process; the node's incarnation
 * @param startedAt JVM start by the node's own clock; empty where the node did not answer
 * @param disk empty where the node did not answer
 * @param minimumMasterNodes what an ES 6 node believes the quorum is; empty on later engines
 */
public record NodeView(
    NodeId id,
    NodeName name,
    String ephemeralId,
    Optional<ZoneName> zone,
    Set<Role> roles,
    Optional<Instant> startedAt,
    Optional<Disk> disk,
    Optional<Integer> minimumMasterNodes) {

  /** What a node may do; {@code cluster_manager} is MASTER. */
  public enum Role {
    MASTER,
    DATA,
    OTHER
  }

  /** The data path of a node. */
  public record Disk(Bytes total, Bytes free) {}

  public NodeView {
    roles = Set.copyOf(roles);
  }

  public boolean masterEligible() {
    return roles.contains(Role.MASTER);
  }

  public boolean holdsData() {
    return roles.contains(Role.DATA);
  }

  /** Whether the node itself answered when it was asked. */
  public boolean answers() {
    return startedAt.isPresent();
  }

  public boolean in(ZoneName wanted) {
    return zone.filter(wanted::equals).isPresent();
  }
}
