package dev.caretaker.sandbox.keeper;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What to run under a name.
 *
 * @param name letters, digits, dots, dashes and underscores: it is part of file names and URLs
 * @param command the program and its arguments
 * @param environment added to the keeper's own environment
 * @param directory its working directory; the disk below it is the one that the keeper reports
 * @param log where its output is appended
 */
public record ProgramSpec(
    String name, List<String> command, Map<String, String> environment, Path directory, Path log) {

  public ProgramSpec {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      throw new IllegalArgumentException("not a program name: '" + name + "'");
    }
    if (command.isEmpty()) {
      throw new IllegalArgumentException("program " + name + " has no command");
    }
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }
}
