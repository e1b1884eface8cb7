package dev.caretaker.adapter.host.worker;

import dev.caretaker.kernel.Observed;
import dev.caretaker.pipeline.model.WorkerView.State;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** One state for the processes of a program, out of what supervisord says of each. */
final class GroupState {
  private static final Pattern LINE =
      Pattern.compile(
          "(\\S+)\\s+(RUNNING|STARTING|STOPPING|STOPPED|EXITED|FATAL|BACKOFF|UNKNOWN)\\b.*");
  private static final Pattern ERROR =
      Pattern.compile("(\\S+): ERROR \\(no such (process|group)\\)");

  private GroupState() {}

  /**
   * One that ended by itself makes the program a failed one. One that lives beside others that are
   * stopped does not: a start or stop is under way, and whoever acts must know that something runs.
   */
  static Observed<State> of(String program, List<String> lines) {
    var states = new TreeSet<String>();
    for (var line : lines) {
      if (ERROR.matcher(line.strip()).matches()) {
        return Observed.unknown(
            "supervisord knows no program " + program + ": see supervisorctl status there");
      }
      var state = LINE.matcher(line.strip());
      if (state.matches() && isOf(program, state.group(1))) {
        states.add(state.group(2));
      }
    }
    if (states.isEmpty()) {
      var said = String.join(" ", lines).strip();
      return Observed.unknown(
          "supervisorctl status " + program + " says: " + (said.isEmpty() ? "nothing" : said));
    }
    if (states.contains("UNKNOWN")) {
      return Observed.unknown("supervisord does not know itself what became of " + program);
    }
    if (states.contains("FATAL") || states.contains("EXITED") || states.contains("BACKOFF")) {
      return Observed.known(State.FAILED);
    }
    return Observed.known(
        states.equals(new TreeSet<>(List.of("STOPPED"))) ? State.STOPPED : State.RUNNING);
  }

  private static boolean isOf(String program, String name) {
    if (program.endsWith(":*")) {
      return name.startsWith(program.substring(0, program.length() - 1))
          // A group of one program of the same name is shown by that alone.
          || name.equals(program.substring(0, program.length() - 2));
    }
    var parts = program.split(":", 2);
    return name.equals(program)
        || (parts.length == 2 && parts[0].equals(parts[1]) && name.equals(parts[0]));
  }
}
