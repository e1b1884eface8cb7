package dev.caretaker.doctor;

import dev.caretaker.port.Checked;

/**
 * What came of one check.
 *
 * @param check its name, the same in every run
 * @param about the endpoint, node, Secret or right that was looked at
 * @param text what was seen, for people
 * @param todo what mends it; empty where nothing is to be done
 */
public record Finding(String check, String about, Outcome outcome, String text, String todo) {

  /** From best to worst. */
  public enum Outcome {
    OK,
    /** Not looked at; the text says why. */
    SKIPPED,
    /** Worth knowing, and nothing fails by it. */
    WARNING,
    FAILED
  }

  /** What an adapter checked. */
  static Finding of(Checked each) {
    // AWS's sentences end with a full stop, and the report sets one.
    var text = each.text().replaceAll("\\.+$", "");
    return switch (each.state()) {
      case WELL -> ok(each.check(), each.about(), text);
      case UNTOLD -> skipped(each.check(), each.about(), text);
      case ODD -> warning(each.check(), each.about(), text, each.todo());
      case WRONG -> failed(each.check(), each.about(), text, each.todo());
    };
  }

  static Finding ok(String check, String about, String text) {
    return new Finding(check, about, Outcome.OK, text, "");
  }

  static Finding skipped(String check, String about, String why) {
    return new Finding(check, about, Outcome.SKIPPED, why, "");
  }

  static Finding warning(String check, String about, String text, String todo) {
    return new Finding(check, about, Outcome.WARNING, text, todo);
  }

  static Finding failed(String check, String about, String problem, String todo) {
    return new Finding(check, about, Outcome.FAILED, problem, todo);
  }

  public boolean failed() {
    return outcome == Outcome.FAILED;
  }
}
