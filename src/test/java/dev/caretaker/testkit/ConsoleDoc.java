package dev.caretaker.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A page of {@code docs/} that shows what people type and see. Its console blocks hold commands
 * after {@code $} and, below each, what it prints; a line of three dots stands for any lines. What
 * a reader need not see stands in comments: {@code <!-- NAME: VALUE -->}.
 */
public final class ConsoleDoc {
  private static final Pattern NOTE = Pattern.compile("<!-- (\\w+): (.*) -->");
  private static final String ANY_LINES = "...";

  /** What stands on the page, in order. */
  public sealed interface Part {}

  /** A comment. */
  public record Note(String name, String value) implements Part {}

  /** A file that the reader is shown, named by the comment {@code file} before it. */
  public record Shown(String name, String content) implements Part {}

  /** A command and what it prints. */
  public record Typed(String command, List<String> printed) implements Part {}

  private ConsoleDoc() {}

  public static List<Part> read(Path page) throws IOException {
    var parts = new ArrayList<Part>();
    var lines = Files.readAllLines(page).iterator();
    var file = "";
    while (lines.hasNext()) {
      var line = lines.next();
      var note = NOTE.matcher(line);
      if (note.matches() && note.group(1).equals("file")) {
        file = note.group(2);
      } else if (note.matches()) {
        parts.add(new Note(note.group(1), note.group(2)));
      } else if (line.startsWith("```")) {
        var block = new ArrayList<String>();
        for (var next = lines.next(); !next.equals("```"); next = lines.next()) {
          block.add(next);
        }
        if (!file.isEmpty()) {
          parts.add(new Shown(file, String.join("\n", block) + "\n"));
          file = "";
        } else if (line.equals("```console")) {
          parts.addAll(typed(block));
        }
      }
    }
    return parts;
  }

  private static List<Typed> typed(List<String> block) {
    var commands = new ArrayList<Typed>();
    for (var line : block) {
      if (line.startsWith("$ ")) {
        commands.add(new Typed(line.substring(2), new ArrayList<>()));
      } else {
        commands.get(commands.size() - 1).printed().add(line);
      }
    }
    return commands;
  }

  /** Whether the lines are the shown ones, where three dots stand for any number of them. */
  public static boolean matches(List<String> shown, List<String> seen) {
    if (shown.isEmpty()) {
      return seen.isEmpty();
    }
    var rest = shown.subList(1, shown.size());
    if (shown.get(0).strip().equals(ANY_LINES)) {
      for (int skipped = 0; skipped <= seen.size(); skipped++) {
        if (matches(rest, seen.subList(skipped, seen.size()))) {
          return true;
        }
      }
      return false;
    }
    return !seen.isEmpty()
        && shown.get(0).equals(seen.get(0))
        && matches(rest, seen.subList(1, seen.size()));
  }
}
