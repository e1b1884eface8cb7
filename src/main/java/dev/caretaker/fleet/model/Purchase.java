package dev.caretaker.fleet.model;

import dev.caretaker.kernel.UsdPerHour;
import dev.caretaker.kernel.Utility;
import java.time.Instant;
import java.util.Optional;

/**
 * One request for machines of one pool, whole: it is saved before it is sent, and repeated
 * unchanged until its outcome is known. Its number is also a tag of what it buys.
 *
 * @param number counts up; no two purchases of a fleet share one
 * @param each utility of one machine
 * @param ceiling what each machine is counted at until its price is seen
 * @param mostUsd above it EC2 shall not sell; empty: the on-demand price
 */
public record Purchase(
    FleetId fleet,
    long number,
    Pool pool,
    String subnet,
    int count,
    Utility each,
    UsdPerHour ceiling,
    Optional<UsdPerHour> mostUsd,
    LaunchTemplate template,
    Instant decidedAt) {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  /**
   * EC2's client token, at most 64 characters: of fleet, number and content, so that the same
   * request cannot buy twice, an altered one is refused, and the next like it can be bought.
   */
  public String token() {
    var content =
        String.join(
            "|",
            fleet.uid(),
            pool.type().value(),
            pool.zone().value(),
            subnet,
            Integer.toString(count),
            mostUsd.map(UsdPerHour::toString).orElse(""),
            template.name(),
            template.version());
    long hash = FNV_OFFSET;
    for (int i = 0; i < content.length(); i++) {
      hash = (hash ^ content.charAt(i)) * FNV_PRIME;
    }
    return fleet.uid() + "-" + number + "-" + String.format("%016x", hash);
  }

  /** What is left of it when some of its machines are seen. */
  public Purchase less(int seen) {
    return new Purchase(
        fleet, number, pool, subnet, count - seen, each, ceiling, mostUsd, template, decidedAt);
  }

  public UsdPerHour total() {
    return ceiling.times(count);
  }

  public Utility utility() {
    return each.times(count);
  }
}
