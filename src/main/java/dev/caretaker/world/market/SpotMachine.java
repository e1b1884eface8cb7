package dev.caretaker.world.market;

import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.fleet.model.MachineView;
import dev.caretaker.fleet.model.MachineView.State;
import dev.caretaker.fleet.model.Pool;
import dev.caretaker.kernel.UsdPerHour;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A machine that was sold. */
public final class SpotMachine {
  /** Who ended it. */
  public enum End {
    OWNER,
    MARKET
  }

  private final InstanceId id;
  private final Pool pool;
  private final Optional<String> fleet;
  private final long purchase;
  private final Instant launchedAt;
  private final Instant runsAt;
  private final Instant visibleAt;
  private final Optional<UsdPerHour> mostUsd;
  private @Nullable Instant noticeAt;
  private @Nullable Instant takenAt;
  private @Nullable Instant advisedAt;
  private @Nullable Instant strippedAt;
  private @Nullable Instant taggedAgainAt;
  private @Nullable Instant disownedAt;
  private @Nullable Instant endedAt;
  private @Nullable End end;

  SpotMachine(
      InstanceId id,
      Pool pool,
      Optional<String> fleet,
      long purchase,
      Instant launchedAt,
      Instant runsAt,
      Instant visibleAt,
      Optional<UsdPerHour> mostUsd) {
    this.id = id;
    this.pool = pool;
    this.fleet = fleet;
    this.purchase = purchase;
    this.launchedAt = launchedAt;
    this.runsAt = runsAt;
    this.visibleAt = visibleAt;
    this.mostUsd = mostUsd;
  }

  public InstanceId id() {
    return id;
  }

  public Pool pool() {
    return pool;
  }

  /** Who bought it, whatever its tags say. */
  public Optional<String> fleet() {
    return fleet;
  }

  public long purchase() {
    return purchase;
  }

  public Instant launchedAt() {
    return launchedAt;
  }

  public Optional<Instant> endedAt() {
    return Optional.ofNullable(endedAt);
  }

  public Optional<End> end() {
    return Optional.ofNullable(end);
  }

  public boolean isAlive() {
    return endedAt == null;
  }

  public boolean isDoomed() {
    return takenAt != null;
  }

  public boolean isRunning(Instant now) {
    return isAlive() && !runsAt.isAfter(now);
  }

  /** When the market takes it, where that is settled; the owner may not know yet. */
  Optional<Instant> takenAt() {
    return Optional.ofNullable(takenAt);
  }

  boolean isPricedOut(UsdPerHour price) {
    return mostUsd.filter(price::isMoreThan).isPresent();
  }

  void doom(Instant notice, Instant taken) {
    if (takenAt == null && isAlive()) {
      noticeAt = notice;
      takenAt = taken;
    }
  }

  /** EC2 recommends to move off it, from now on. */
  public void advise(Instant now) {
    if (advisedAt == null) {
      advisedAt = now;
    }
  }

  /** When EC2 recommended it, whoever heard of it. */
  public Optional<Instant> advisedAt() {
    return Optional.ofNullable(advisedAt);
  }

  /** Somebody takes its fleet's tag away. */
  public void strip(Instant at) {
    if (strippedAt == null) {
      strippedAt = at;
    }
  }

  /** Whoever did gives it back. */
  public void tagAgain(Instant at) {
    if (taggedAgainAt == null && disownedAt == null) {
      taggedAgainAt = at;
    }
  }

  /** Takes the number of its purchase away as well: it is nobody's from now on. */
  public void disown(Instant at) {
    if (disownedAt == null && taggedAgainAt == null) {
      disownedAt = at;
    }
  }

  /** Whether it carries the tag of the fleet that bought it. */
  public boolean isTagged(Instant at) {
    boolean again = taggedAgainAt != null && !taggedAgainAt.isAfter(at);
    return fleet.isPresent() && (strippedAt == null || strippedAt.isAfter(at) || again);
  }

  /** Whether nothing on it says any more who bought it. */
  public boolean isDisowned(Instant at) {
    return disownedAt != null && !disownedAt.isAfter(at);
  }

  void end(Instant at, End by) {
    if (endedAt == null) {
      endedAt = at;
      end = by;
    }
  }

  /** Whether EC2 describes it yet. */
  public boolean isVisible(Instant now) {
    return !visibleAt.isAfter(now);
  }

  /** As it was described at a moment that may be past. */
  MachineView view(Instant at) {
    var noticed =
        Optional.ofNullable(noticeAt).filter(notice -> !notice.isAfter(at)).flatMap(n -> takenAt());
    var address = Optional.of(address()).filter(any -> endedAt == null || endedAt.isAfter(at));
    var advised = advisedAt().filter(advice -> !advice.isAfter(at));
    return new MachineView(
        id,
        pool,
        state(at),
        launchedAt,
        fleet.filter(any -> isTagged(at)),
        isDisowned(at) ? 0 : purchase,
        noticed,
        advised,
        address);
  }

  /** Its number, as the rest of an address of a private network. */
  private String address() {
    long number = Long.parseLong(id.value().substring("i-".length()), 16);
    return "10." + (number >> 16 & 255) + "." + (number >> 8 & 255) + "." + (number & 255);
  }

  private State state(Instant at) {
    if (endedAt != null && !endedAt.isAfter(at)) {
      return endedAt.plusSeconds(30).isAfter(at) ? State.SHUTTING_DOWN : State.TERMINATED;
    }
    return runsAt.isAfter(at) ? State.PENDING : State.RUNNING;
  }
}
