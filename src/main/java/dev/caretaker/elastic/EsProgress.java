package dev.caretaker.elastic;

import dev.caretaker.elastic.drain.DrainProgress;
import dev.caretaker.elastic.handshake.HandshakeProgress;
import dev.caretaker.elastic.handshake.Released;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.policy.PlanCover;
import dev.caretaker.elastic.rollout.RolloutProgress;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is remembered between two passes. Losing it costs time, never data: the mark in the cluster
 * rebuilds what matters, and guards do not read it.
 *
 * @param sequence number of the last settings write that was decided
 * @param bouncedFor the {@code restartedAt} that {@code bounced} is about
 * @param bounced nodes that came back after we stopped them for it, with the ephemeral id they came
 *     back with: a node counts once, whatever its clock says
 * @param approved the plan that was approved last: what is left of it has another hash
 * @param handshake how far the machines have come that fleets ask for
 * @param cluster UUID of the cluster that all of it is about; empty before one was seen
 */
public record EsProgress(
    long sequence,
    Optional<RolloutProgress> rollout,
    Optional<DrainProgress> drain,
    Optional<Instant> bouncedFor,
    SortedMap<NodeName, String> bounced,
    Optional<PlanCover> approved,
    HandshakeProgress handshake,
    Optional<String> cluster) {
  public static final EsProgress NONE =
      new EsProgress(
          0,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          new TreeMap<>(),
          Optional.empty(),
          HandshakeProgress.NONE,
          Optional.empty());

  public EsProgress {
    bounced = Collections.unmodifiableSortedMap(new TreeMap<>(bounced));
  }

  /** The machines that were released and may be taken away. */
  public List<Released> released() {
    return handshake.released();
  }

  /** The same with these machines released. */
  public EsProgress withReleased(List<Released> released) {
    return new EsProgress(
        sequence,
        rollout,
        drain,
        bouncedFor,
        bounced,
        approved,
        handshake.withReleased(released),
        cluster);
  }

  /** What may be used for another cluster: what was released stays so, whatever cluster it is. */
  EsProgress ofAnother() {
    return new EsProgress(
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        new TreeMap<>(),
        Optional.empty(),
        handshake.with(Optional.empty()),
        Optional.empty());
  }

  /** Whether it may be used for this cluster: the endpoints of a spec may lead to another one. */
  boolean isAbout(String uuid) {
    return cluster.filter(known -> !known.equals(uuid)).isEmpty();
  }

  /** The same with the number of a settings write that is about to be tried. */
  public EsProgress withSequence(long number) {
    return new EsProgress(
        number, rollout, drain, bouncedFor, bounced, approved, handshake, cluster);
  }
}
