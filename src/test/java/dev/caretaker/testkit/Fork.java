package dev.caretaker.testkit;

import java.util.Optional;

/** Maven runs tests in several JVMs at once; what one of them shares is not the others'. */
final class Fork {
  private Fork() {}

  /** Of this JVM: the same numbers in each run. */
  static String number() {
    return Optional.ofNullable(System.getProperty("caretaker.fork")).orElse("1");
  }
}
