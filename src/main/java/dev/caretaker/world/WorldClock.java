package dev.caretaker.world;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that agrees with the world's time. */
public final class WorldClock extends Clock {
  private final World world;

  public WorldClock(World world) {
    this.world = world;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }

  @Override
  public Instant instant() {
    return world.instant();
  }
}
