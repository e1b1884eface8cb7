package dev.caretaker.sandbox.audit;

import dev.caretaker.fleet.model.InstanceId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** What the routing table showed last of nodes on machines; safe for use by several threads. */
final class NodeTraces {
  /** Emptying that has moved nothing for so long is no progress. */
  static final Duration PROGRESS = Duration.ofMinutes(2);

  private final Map<InstanceId, Trace> traces = new ConcurrentSkipListMap<>();

  private record Trace(long copies, boolean excluded, Instant since) {
    static final Trace NONE = new Trace(0, false, Instant.EPOCH);

    boolean isSame(long otherCopies, boolean otherExcluded) {
      return copies == otherCopies && excluded == otherExcluded;
    }
  }

  private Trace of(InstanceId node) {
    return traces.getOrDefault(node, Trace.NONE);
  }

  /** A look had the node as a member. */
  void saw(InstanceId node, long copies, boolean excluded, Instant at) {
    if (!of(node).isSame(copies, excluded)) {
      traces.put(node, new Trace(copies, excluded, at));
    }
  }

  boolean isExcluded(InstanceId node) {
    return of(node).excluded();
  }

  /** Whether its emptying began, or moved something, a while ago at most. */
  boolean getsOn(InstanceId node, Instant now) {
    return of(node).excluded() && of(node).since().plus(PROGRESS).isAfter(now);
  }

  /** Why a machine must not be given back now: something runs there, or left with data on it. */
  Optional<String> unreleased(InstanceId node, boolean runs) {
    if (runs) {
      return Optional.of(node + " was terminated while its process ran");
    }
    long left = of(node).copies();
    return left == 0
        ? Optional.empty()
        : Optional.of(node + " was terminated, and had " + left + " copies when it left");
  }
}
