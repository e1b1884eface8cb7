package dev.caretaker.fleet;

import dev.caretaker.fleet.ledger.Advice;
import dev.caretaker.fleet.ledger.Cooling;
import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.fleet.model.Pool;
import dev.caretaker.fleet.model.Purchase;
import dev.caretaker.fleet.model.ReleaseRequest;
import dev.caretaker.kernel.Reason;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is remembered between two passes. Losing it costs the settling time; tags bring the machines
 * back.
 *
 * @param knownSince since when tags are read and purchases remembered; empty after a lost status
 * @param lastNumber of the last purchase that was decided
 * @param pending requests, whole, whose outcome is not known; repeated unchanged
 * @param expected machines that were sold and are not described yet
 * @param leaving machines that EC2 was asked to take back, and when
 * @param outgoing machines that stay until something better is at work, since when
 * @param away since when a machine is seen not to be at work
 * @param releases what the workload is asked to let go; it reads them in the status
 * @param advised machines that EC2 recommends to move off or that a pipeline cannot use, and what
 *     came of it
 * @param cooling pools of which nothing is bought for minutes
 * @param surplusSince since when more is there than wanted
 * @param unreadSince since when something that is needed could not be read
 * @param decisions the last purchases and removals with their arithmetic, newest first
 */
public record FleetProgress(
    Optional<Instant> knownSince,
    long lastNumber,
    List<Purchase> pending,
    SortedMap<InstanceId, Expected> expected,
    SortedMap<InstanceId, Instant> leaving,
    SortedMap<InstanceId, Instant> outgoing,
    SortedMap<InstanceId, Instant> away,
    SortedMap<InstanceId, ReleaseRequest> releases,
    SortedMap<InstanceId, Advice> advised,
    SortedMap<Pool, Cooling> cooling,
    BackOff backOff,
    Optional<Instant> surplusSince,
    Optional<Instant> unreadSince,
    List<Told> decisions) {
  private static final int DECISIONS_KEPT = 20;

  public static final FleetProgress NONE =
      new FleetProgress(
          Optional.empty(),
          0,
          List.of(),
          new TreeMap<>(),
          new TreeMap<>(),
          new TreeMap<>(),
          new TreeMap<>(),
          new TreeMap<>(),
          new TreeMap<>(),
          new TreeMap<>(),
          BackOff.NONE,
          Optional.empty(),
          Optional.empty(),
          List.of());

  /** A decision, when it was made and why. */
  public record Told(Instant at, Reason reason) {}

  public FleetProgress {
    pending = List.copyOf(pending);
    expected = Collections.unmodifiableSortedMap(new TreeMap<>(expected));
    leaving = Collections.unmodifiableSortedMap(new TreeMap<>(leaving));
    outgoing = Collections.unmodifiableSortedMap(new TreeMap<>(outgoing));
    away = Collections.unmodifiableSortedMap(new TreeMap<>(away));
    releases = Collections.unmodifiableSortedMap(new TreeMap<>(releases));
    advised = Collections.unmodifiableSortedMap(new TreeMap<>(advised));
    cooling = Collections.unmodifiableSortedMap(new TreeMap<>(cooling));
    decisions = List.copyOf(decisions.subList(0, Math.min(DECISIONS_KEPT, decisions.size())));
  }
}
