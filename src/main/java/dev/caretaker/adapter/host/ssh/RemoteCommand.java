package dev.caretaker.adapter.host.ssh;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A program and its arguments. sshd hands one line to the user's login shell, so every argument is
 * quoted here and nowhere else.
 *
 * @param input what it reads
 */
record RemoteCommand(List<String> words, String input) {
  /** What no shell reads anything into; the rest goes between single quotes. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@,+-][A-Za-z0-9_./:@,+=-]*");

  RemoteCommand {
    words = List.copyOf(words);
    for (var word : words) {
      // csh does not keep a line break between quotes, and no argument of ours has one.
      if (word.chars().anyMatch(letter -> letter < ' ' || letter == 127)) {
        throw new IllegalArgumentException("a control character in an argument of " + words);
      }
    }
  }

  /** One that reads nothing. */
  RemoteCommand(List<String> words) {
    this(words, "");
  }

  static RemoteCommand of(String... words) {
    return new RemoteCommand(List.of(words));
  }

  /** The same as root, without ever asking for a password. */
  RemoteCommand withSudo() {
    var all = new ArrayList<>(List.of("sudo", "-n"));
    all.addAll(words);
    return new RemoteCommand(all);
  }

  /** Asks sudo whether it would allow this command, which begins with sudo, and does not run it. */
  RemoteCommand listed() {
    var all = new ArrayList<>(List.of("sudo", "-n", "-l"));
    all.addAll(words.subList(2, words.size()));
    return new RemoteCommand(all);
  }

  /** The line for the shell. */
  String line() {
    return words.stream().map(RemoteCommand::quoted).collect(Collectors.joining(" "));
  }

  private static String quoted(String word) {
    // csh expands an exclamation mark even between single quotes.
    return PLAIN.matcher(word).matches()
        ? word
        : "'" + word.replace("'", "'\\''").replace("!", "'\\!'") + "'";
  }
}
