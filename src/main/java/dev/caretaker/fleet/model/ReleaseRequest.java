package dev.caretaker.fleet.model;

import java.time.Instant;

/**
 * Asks the workload to empty a machine and to stop its process for good.
 *
 * @param because the arithmetic, for people
 */
public record ReleaseRequest(
    String requestId, InstanceId machine, Instant askedAt, String because) {
  public static ReleaseRequest of(InstanceId machine, Instant at, String because) {
    return new ReleaseRequest(machine + "-" + at.getEpochSecond(), machine, at, because);
  }
}
