package dev.caretaker.elastic.policy;

import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.ZoneName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which nodes shall be restarted, and what is accepted while they are away.
 *
 * @param restartedAt every selected node whose process started before is bounced once
 * @param selectZones only nodes of these zones; all where empty
 * @param selectNodes only these nodes; all where empty
 * @param maxUnavailablePerZone nodes of one zone that may be down at once, at least 1
 * @param windows when something disruptive may be done; always where there is none
 * @param approval whether a person says which plan may begin
 */
public record RolloutPolicy(
    Optional<Instant> restartedAt,
    Set<ZoneName> selectZones,
    Set<NodeName> selectNodes,
    Shelter shelter,
    List<Acceptance> accept,
    int maxUnavailablePerZone,
    List<Window> windows,
    Approval approval) {

  /** Where a started copy must stand while a node is away. */
  public enum Shelter {
    /** In a reliable zone. */
    REQUIRED,
    /** In a reliable zone where that can be, else on any other node. */
    PREFERRED
  }

  /** What cannot hold by structure, and is accepted by name. */
  public enum Structural {
    ZERO_REPLICAS,
    SINGLE_NODE_ZONE,
    QUORUM_MISMATCH
  }

  /** One named exception; {@code indices} are patterns with {@code *}, for ZERO_REPLICAS only. */
  public record Acceptance(
      Structural structural, List<String> indices, String reason, Instant until) {
    public Acceptance {
      indices = List.copyOf(indices);
    }

    public boolean holdsFor(String index, Instant now) {
      return now.isBefore(until) && indices.stream().anyMatch(each -> matches(each, index));
    }

    private static boolean matches(String pattern, String index) {
      var parts = pattern.split("\\*", -1);
      var quoted = java.util.Arrays.stream(parts).map(java.util.regex.Pattern::quote).toList();
      return index.matches(String.join(".*", quoted));
    }
  }

  public RolloutPolicy {
    selectZones = Set.copyOf(selectZones);
    selectNodes = Set.copyOf(selectNodes);
    accept = List.copyOf(accept);
    windows = List.copyOf(windows);
  }

  public boolean accepts(Structural structural, Instant now) {
    return accept.stream()
        .anyMatch(each -> each.structural() == structural && now.isBefore(each.until()));
  }

  public boolean acceptsZeroReplicas(String index, Instant now) {
    return accept.stream()
        .anyMatch(
            each -> each.structural() == Structural.ZERO_REPLICAS && each.holdsFor(index, now));
  }

  /** The same policy with nothing asked. */
  public RolloutPolicy withdrawn() {
    return restartedAt(Optional.empty());
  }

  /** The same policy for another wish. */
  public RolloutPolicy restartedAt(Optional<Instant> at) {
    return with(at, windows, approval);
  }

  /** The same policy at other times. */
  public RolloutPolicy within(List<Window> others) {
    return with(restartedAt, others, approval);
  }

  /** The same policy with another way to say that it may begin. */
  public RolloutPolicy with(Approval other) {
    return with(restartedAt, windows, other);
  }

  private RolloutPolicy with(Optional<Instant> at, List<Window> times, Approval given) {
    return new RolloutPolicy(
        at, selectZones, selectNodes, shelter, accept, maxUnavailablePerZone, times, given);
  }
}
