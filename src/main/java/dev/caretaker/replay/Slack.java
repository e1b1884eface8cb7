package dev.caretaker.replay;

import dev.caretaker.fleet.model.MachineType;
import dev.caretaker.fleet.model.Pool;
import dev.caretaker.fleet.model.Zone;
import dev.caretaker.fleet.policy.Limits;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a type or a zone may hold beyond its share: machines are whole, and the one that exceeds it
 * is let in for the part of it that has room.
 */
final class Slack {
  private final Limits limits;
  private final Map<Part, Double> largest = new HashMap<>();
  private double most;

  /** A type or a zone, and its share of a fleet. */
  record Part(String name, double share) {
    private static Part of(MachineType type, double share) {
      return new Part("type " + type.value(), share);
    }

    private static Part of(Zone zone, double share) {
      return new Part("zone " + zone.value(), share);
    }

    boolean isOf(Pool pool) {
      return equals(of(pool.type(), share)) || equals(of(pool.zone(), share));
    }
  }

  Slack(Limits limits) {
    this.limits = limits;
  }

  /**
   * The parts of a fleet to which a machine of a pool belongs, without those that have no limit.
   */
  List<Part> parts(Pool pool) {
    return List.of(type(pool), zone(pool)).stream().filter(part -> part.share() < 1).toList();
  }

  /** All machines of a pool's type. */
  Part type(Pool pool) {
    return Part.of(pool.type(), limits.sharePerType());
  }

  /** All machines in a pool's zone. */
  Part zone(Pool pool) {
    return Part.of(pool.zone(), limits.sharePerZone());
  }

  /** A machine of this pool may be bought. */
  void count(Pool pool, double utility) {
    parts(pool).forEach(part -> largest.merge(part, utility, Math::max));
    most = Math.max(most, utility);
  }

  /** Utility of the largest machine. */
  double most() {
    return most;
  }

  /**
   * Utility that a part may hold. The last machine that was bought of those which it still holds
   * may have exceeded its share, by no more than its own part that has no room.
   *
   * @param largest utility of any of its machines
   * @param fleet its utility as it was then, at most
   */
  static double room(Part part, double largest, double fleet) {
    return part.share() * fleet + (1 - part.share()) * largest;
  }

  /** The same for a part that may hold any machine that may be bought. */
  double room(Part part, double fleet) {
    return room(part, largest.getOrDefault(part, 0.0), fleet);
  }
}
