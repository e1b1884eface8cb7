package dev.caretaker.adapter.host.ssh;

import dev.caretaker.kernel.Observed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * supervisord, through its supervisorctl; versions 3 and 4, whose exit codes differ, so that the
 * words count.
 *
 * @param sudo whether the socket belongs to root
 * @param configuration the file for {@code -c}; supervisorctl's own places where empty
 */
record Supervisorctl(boolean sudo, Optional<String> configuration) implements Supervision {
  private static final Pattern STATE = Pattern.compile("(\\S+)\\s+([A-Z]+)\\b\\s*(.*)");
  private static final Pattern RUNNING = Pattern.compile("pid (\\d+), uptime .*");
  private static final Pattern ERROR = Pattern.compile("(\\S+): ERROR \\((.*)\\)");

  private RemoteCommand command(String verb, String program) {
    var words = new ArrayList<>(List.of("supervisorctl"));
    configuration.ifPresent(file -> words.addAll(List.of("-c", file)));
    words.addAll(List.of(verb, program));
    var command = new RemoteCommand(words);
    return sudo ? command.withSudo() : command;
  }

  @Override
  public RemoteCommand status(String program) {
    return command("status", program);
  }

  @Override
  public RemoteCommand pid(String program) {
    return command("pid", program);
  }

  @Override
  public RemoteCommand stop(String program) {
    return command("stop", program);
  }

  @Override
  public RemoteCommand start(String program) {
    return command("start", program);
  }

  @Override
  public Observed<Sighting> sighting(String program, Answer answer) {
    for (var line : answer.output().lines().toList()) {
      var state = STATE.matcher(line.strip());
      if (state.matches() && state.group(1).equals(shown(program))) {
        return sighting(state);
      }
    }
    return Observed.unknown(complaint(program, "status", answer).sentence());
  }

  private static Observed<Sighting> sighting(Matcher state) {
    var detail = state.group(3).strip();
    return switch (state.group(2)) {
      case "RUNNING" -> {
        var pid = RUNNING.matcher(detail);
        yield pid.matches()
            ? Observed.known(new Sighting.Lives(Optional.of(Long.valueOf(pid.group(1))), false))
            : Observed.unknown("supervisorctl says RUNNING and no process id: " + detail);
      }
      case "STARTING" -> Observed.known(new Sighting.Lives(Optional.empty(), false));
      case "STOPPING" -> Observed.known(new Sighting.Lives(Optional.empty(), true));
      case "STOPPED" -> Observed.known(new Sighting.Stopped());
      case "EXITED", "FATAL", "BACKOFF" ->
          Observed.known(new Sighting.Died((state.group(2) + " " + detail).strip()));
      default ->
          Observed.unknown("supervisorctl says " + state.group(2) + ", which proves nothing");
    };
  }

  /** In a group of its own name a program is shown without it. */
  private static String shown(String program) {
    var parts = program.split(":", 2);
    return parts.length == 2 && parts[0].equals(parts[1]) ? parts[0] : program;
  }

  @Override
  public Observed<Long> pid(Answer answer) {
    var text = answer.output().strip();
    if (!text.matches("\\d{1,10}")) {
      return Observed.unknown("supervisorctl tells no process id: " + answer.brief());
    }
    return text.equals("0")
        ? Observed.unknown("the process is between two states; the next look tells")
        : Observed.known(Long.valueOf(text));
  }

  @Override
  public Optional<Complaint> stopComplaint(String program, Answer answer) {
    return complaint(program, "stop", answer, "stopped", "not running");
  }

  @Override
  public Optional<Complaint> startComplaint(String program, Answer answer) {
    return complaint(program, "start", answer, "started", "already started");
  }

  /**
   * Empty only where it says that it did it, or that it was done before.
   *
   * @param done the word for the one
   * @param before the error for the other
   */
  private Optional<Complaint> complaint(
      String program, String verb, Answer answer, String done, String before) {
    for (var line : answer.output().lines().map(String::strip).toList()) {
      if (line.equals(shown(program) + ": " + done)
          || line.equals(program + ": " + done)
          || line.endsWith(": ERROR (" + before + ")")) {
        return Optional.empty();
      }
    }
    return Optional.of(complaint(program, verb, answer));
  }

  private Complaint complaint(String program, String verb, Answer answer) {
    var command = command(verb, program);
    return Complaint.beforeTheProgram(command, answer)
        .or(() -> aboutTheProgram(program, answer))
        .or(() -> aboutSupervisord(answer))
        .orElseGet(
            () -> Complaint.refused("not understood: " + command.line() + ": " + answer.brief()));
  }

  private static Optional<Complaint> aboutTheProgram(String program, Answer answer) {
    for (var line : answer.output().lines().toList()) {
      var error = ERROR.matcher(line.strip());
      if (error.matches()) {
        var why = error.group(2);
        return Optional.of(
            why.startsWith("no such process") || why.startsWith("no such group")
                ? Complaint.refused(
                    "supervisord knows no program "
                        + program
                        + ": see supervisorctl status there, and spec.hosts.process.program")
                : Complaint.refused(
                    "supervisord says of "
                        + program
                        + ": "
                        + why
                        + "; see supervisorctl tail "
                        + program
                        + " stderr, and supervisord's log"));
      }
    }
    return Optional.empty();
  }

  private static Optional<Complaint> aboutSupervisord(Answer answer) {
    var text = answer.all();
    for (var line : text.lines().map(String::strip).toList()) {
      if (line.endsWith(" no such file")) {
        return Optional.of(
            Complaint.refused(
                line
                    + ": supervisord does not run there, or its socket was cleaned away under it"
                    + " (keep it out of /tmp); look for a running one before you start another"));
      }
      if (line.endsWith(" refused connection")) {
        return Optional.of(
            Complaint.refused(
                line + ": supervisord does not run there, its socket is a left-over"));
      }
    }
    if (text.contains("[Errno 13]") || text.contains("requires authentication")) {
      return Optional.of(
          Complaint.denied(
              "the user may not talk to supervisord ("
                  + answer.brief()
                  + "): set spec.hosts.process.sudo, or chmod and chown of its socket"));
    }
    if (text.contains("config file")) {
      return Optional.of(
          Complaint.refused(answer.brief() + "; name it in spec.hosts.process.configuration"));
    }
    if (text.contains("SHUTDOWN_STATE")) {
      return Optional.of(Complaint.refused("supervisord is shutting down"));
    }
    return Optional.empty();
  }
}
