package dev.caretaker.fleet.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A machine as EC2 describes it.
 *
 * @param fleet UID of the fleet in its tags; empty where it carries none
 * @param purchase number of the purchase in its tags; 0 where it carries none
 * @param leavesAt when EC2 takes it away, once it gave notice
 * @param advisedAt when EC2 recommended to move off it, where that was heard
 * @param address its private IP address, while it has one
 */
public record MachineView(
    InstanceId id,
    Pool pool,
    State state,
    Instant launchedAt,
    Optional<String> fleet,
    long purchase,
    Optional<Instant> leavesAt,
    Optional<Instant> advisedAt,
    Optional<String> address) {
  private static final Duration NOTICE_LASTS = Duration.ofMinutes(5);

  /** How far a machine is in its life. */
  public enum State {
    PENDING,
    RUNNING,
    /** On its way out: nothing can be asked of it any more, and it costs nothing. */
    SHUTTING_DOWN,
    TERMINATED
  }

  /** The same with what was heard of it. */
  public MachineView with(Optional<Instant> leaves, Optional<Instant> advised) {
    return new MachineView(id, pool, state, launchedAt, fleet, purchase, leaves, advised, address);
  }

  /** Whether it costs money. */
  public boolean isAlive() {
    return state == State.PENDING || state == State.RUNNING;
  }

  /** Whether EC2 takes it: a notice that was not kept minutes after its time is none. */
  public boolean isDoomed(Instant now) {
    return leavesAt.filter(at -> !at.plus(NOTICE_LASTS).isBefore(now)).isPresent();
  }

  /**
   * Whether it was bought by a fleet of this name and somebody took its fleet's tag away: nobody
   * else gives machines a purchase.
   */
  public boolean isStripped() {
    return fleet.isEmpty() && purchase > 0;
  }

  public boolean belongsTo(String uid) {
    return fleet.filter(uid::equals).isPresent();
  }
}
