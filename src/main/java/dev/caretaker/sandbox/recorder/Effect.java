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

  /** Whether it asks to stop a program. */
  public boolean isStop() {
    return side == Side.HOST && HostCall.of(path, body).isStop();
  }

  /** Whether it asks a supervisord to stop or start a program. */
  public boolean asksSupervisord() {
    var call = HostCall.of(path, body);
    return side == Side.HOST
        && path.equals(HostCall.SUPERVISORD)
        && (call.isStop() || call.isStart())
        && call.program().isPresent();
  }

  /** The program that was asked for; only for effects on hosts. */
  public String program() {
    if (side != Side.HOST) {
      throw new IllegalStateException(line() + " is about no program");
    }
    return HostCall.of(path, body).program().orElse("(all)");
  }

  /** Whether it writes cluster-wide settings. */
  public boolean isSettings() {
    return side == Side.ENGINE && path.startsWith("/_cluster/settings");
  }
}
