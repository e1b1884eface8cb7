package dev.caretaker.sandbox.engine;

import java.nio.file.Path;

/** A Java installation and its feature version, such as 17. */
public record Jdk(Path home, int version) {

  @Override
  public String toString() {
    return version + " in " + home;
  }
}
