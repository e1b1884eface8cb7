package dev.caretaker.sandbox.recorder;

import java.time.Instant;

/**
 * A change that the operator asked for and the other side carried out.
 *
 * @param number counts from 1
 * @param at when the other side had answered
 * @param path with its query
 */
public record Effect(long number, Instant at, Side side, String method, String path, String body) {

  /** Method and path, for people. */
  public String line() {
    return method + " " + path;
  }

  /** Whether it asks the keeper to stop a program. */
  public boolean isStop() {
    return side == Side.HOST && path.matches("/programs/[^/]+/stop(\\?.*)?");
  }

  /** The program that the keeper was asked about; only for effects on hosts. */
  public String program() {
    if (side != Side.HOST) {
      throw new IllegalStateException(line() + " is about no program");
    }
    return path.split("/", -1)[2];
  }

  /** Whether it writes cluster-wide settings. */
  public boolean isSettings() {
    return side == Side.ENGINE && path.startsWith("/_cluster/settings");
  }
}
