package dev.caretaker.operator;

/** Why something failed: what was tried, and the deepest cause, which is what helps people. */
final class Causes {

  private Causes() {}

  static String of(Throwable failure) {
    var deepest = failure;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    var said = String.valueOf(failure.getMessage()).strip();
    return deepest == failure ? said : said + " (" + deepest + ")";
  }
}
