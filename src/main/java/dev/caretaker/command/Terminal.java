package dev.caretaker.command;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Where a command answers and complains; in colours where a person looks. */
@Command
final class Terminal {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  void line(String text) {
    command.commandLine().getOut().println(text);
    command.commandLine().getOut().flush();
  }

  /** A line of the answer in a colour such as {@code fg(red)}. */
  void line(String text, String style) {
    line(Ansi.AUTO.apply(text, List.of(Ansi.Style.parse(style))).toString());
  }

  /** For people who wait; a pipeline's log does without. */
  void progress(String text) {
    if (Ansi.AUTO.enabled()) {
      command.commandLine().getErr().println(text + " ...");
    }
  }

  /** Says why there is no answer; the exit code of that. */
  int failure(String sentence) {
    command.commandLine().getErr().println(sentence);
    return CommandLine.ExitCode.SOFTWARE;
  }
}
