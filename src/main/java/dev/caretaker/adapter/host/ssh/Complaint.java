package dev.caretaker.adapter.host.ssh;

import dev.caretaker.port.PortException;
import java.util.Optional;

/**
 * Why a command did not do what it was asked, and what a person can do about it.
 *
 * @param kind REFUSED or DENIED: it ended without doing it
 */
record Complaint(PortException.Kind kind, String sentence) {
  private static final int NOT_FOUND = 127;
  private static final int NOT_EXECUTABLE = 126;

  static Complaint refused(String sentence) {
    return new Complaint(PortException.Kind.REFUSED, sentence);
  }

  static Complaint denied(String sentence) {
    return new Complaint(PortException.Kind.DENIED, sentence);
  }

  /** What sudo or the shell said before the program itself came to speak. */
  static Optional<Complaint> beforeTheProgram(RemoteCommand command, Answer answer) {
    if (answer.ok()) {
      return Optional.empty();
    }
    var sudo = answer.errors().lines().filter(line -> line.startsWith("sudo:")).findFirst();
    if (sudo.isPresent() && !sudo.get().contains("command not found")) {
      return Optional.of(
          denied(
              sudo.get()
                  + "; let sudoers allow it without a password and a terminal: NOPASSWD: "
                  + String.join(" ", command.words().subList(2, command.words().size()))));
    }
    boolean missing =
        sudo.isPresent() || answer.status() == NOT_FOUND || answer.status() == NOT_EXECUTABLE;
    return missing
        ? Optional.of(
            refused(
                command.words().get(0)
                    + " cannot be run there ("
                    + answer.brief()
                    + "): install it, or put it on the PATH that sshd gives"))
        : Optional.empty();
  }
}
