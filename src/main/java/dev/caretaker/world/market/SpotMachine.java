package dev.caretaker.world.market;

import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.fleet.model.MachineView;
import dev.caretaker.fleet.model.MachineView.State;
import dev.caretaker.fleet.model.Pool;
import dev.caretaker.kernel.UsdPerHour;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A machine that was sold. */
public final class SpotMachine {
  /** Who ended it. */
  public enum End {
    OWNER,
    MARKET
  }

  /** What its tags say of who bought it. */
  public enum Tags {
    /** All: the fleet, and the number of the purchase. */
    FLEET,
    /** Somebody took the fleet's away. */
    PURCHASE,
    /** Nothing: it is nobody's. */
    NONE
  }

  private final InstanceId id;
  private final Pool pool;
  private final Optional<String> fleet;
  private final long purchase;
  private final Instant launchedAt;
  private final Instant runsAt;
  private final Instant visibleAt;
  private final Optional<UsdPerHour> mostUsd;
  private final NavigableMap<Instant, Tags> tags = new TreeMap<>();
  private @Nullable Instant noticeAt;
  private @Nullable Instant takenAt;
  private @Nullable Instant advisedAt;
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

  /** Somebody changes its tags. */
  public void tag(Instant at, Tags left) {
    tags.put(at, left);
  }

  /** What its tags say at a moment. */
  public Tags tags(Instant at) {
    var last = tags.floorEntry(at);
    return fleet.isEmpty() ? Tags.NONE : last == null ? Tags.FLEET : last.getValue();
  }

  /** Whether it carries the tag of the fleet that bought it from one moment to another. */
  public boolean isTagged(Instant from, Instant to) {
    return tags(from) == Tags.FLEET
        && tags.subMap(from, to).values().stream().allMatch(Tags.FLEET::equals)
        && tags(to) == Tags.FLEET;
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
        fleet.filter(any -> tags(at) == Tags.FLEET),
        tags(at) == Tags.NONE ? 0 : purchase,
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
