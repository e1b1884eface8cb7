package dev.caretaker.world.simulation;

import dev.caretaker.world.World;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The operator's clock: it agrees with the world's. */
final class VirtualClock extends Clock {
  private final World world;

  VirtualClock(World world) {
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
