package dev.caretaker.kernel;

import java.time.Duration;
import java.util.List;

/**
 * What a decision comes to.
 *
 * @param refusals every guard that speaks against the next disruptive action; only where it is
 *     BLOCKED, or WAITING for a person who was asked
 * @param lookAgainIn when the world should be read again at the latest
 */
public record Verdict(Kind kind, Reason reason, List<Refusal> refusals, Duration lookAgainIn) {

  /** How far the wanted state is away. */
  public enum Kind {
    /** Nothing to do. */
    SETTLED,
    /** Something is asked of the world in this decision. */
    ACTING,
    /** The world has been asked; it is on its way. */
    WAITING,
    /** Something speaks against the next step; restoring goes on all the same. */
    BLOCKED
  }

  public Verdict {
    refusals = List.copyOf(refusals);
  }

  public static Verdict settled(Reason reason, Duration lookAgainIn) {
    return new Verdict(Kind.SETTLED, reason, List.of(), lookAgainIn);
  }

  public static Verdict acting(Reason reason, Duration lookAgainIn) {
    return new Verdict(Kind.ACTING, reason, List.of(), lookAgainIn);
  }

  public static Verdict waiting(Reason reason, Duration lookAgainIn) {
    return new Verdict(Kind.WAITING, reason, List.of(), lookAgainIn);
  }

  /** Waits for a person, who knows of it. */
  public static Verdict waiting(Reason reason, List<Refusal> refusals, Duration lookAgainIn) {
    return new Verdict(Kind.WAITING, reason, refusals, lookAgainIn);
  }

  public static Verdict blocked(Reason reason, List<Refusal> refusals, Duration lookAgainIn) {
    return new Verdict(Kind.BLOCKED, reason, refusals, lookAgainIn);
  }
}
