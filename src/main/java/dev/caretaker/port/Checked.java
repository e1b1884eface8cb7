package dev.caretaker.port;

/**
 * What came of one question of a check-up, which changes nothing.
 *
 * @param check its name, the same in every run
 * @param about what was looked at: an action of IAM, a subnet, a queue
 * @param text what was seen, for people
 * @param todo what mends it; empty where nothing is to be done
 */
public record Checked(String check, String about, State state, String text, String todo) {

  /** From best to worst. */
  public enum State {
    WELL,
    /** Nobody can tell without changing something; the text says why. */
    UNTOLD,
    /** Worth knowing, and nothing fails by it. */
    ODD,
    WRONG
  }

  public static Checked well(String check, String about, String text) {
    return new Checked(check, about, State.WELL, text, "");
  }

  public static Checked untold(String check, String about, String why) {
    return new Checked(check, about, State.UNTOLD, why, "");
  }

  public static Checked odd(String check, String about, String text, String todo) {
    return new Checked(check, about, State.ODD, text, todo);
  }

  public static Checked wrong(String check, String about, String problem, String todo) {
    return new Checked(check, about, State.WRONG, problem, todo);
  }

  public boolean isWrong() {
    return state == State.WRONG;
  }
}
