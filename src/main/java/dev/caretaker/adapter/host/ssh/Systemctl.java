package dev.caretaker.adapter.host.ssh;

import dev.caretaker.kernel.Observed;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * systemd, through systemctl: properties, not the text for people. Changes are queued ({@code
 * --no-block}), since a stop may take as long as the unit allows.
 *
 * @param sudo whether changes need it; reading never does
 */
record Systemctl(boolean sudo) implements Supervision {
  private static final String[] PROPERTIES = {
    "LoadState", "ActiveState", "SubState", "Result", "MainPID"
  };

  @Override
  public RemoteCommand status(String program) {
    return RemoteCommand.of(
        "systemctl", "--no-pager", "show", "--property=" + String.join(",", PROPERTIES), program);
  }

  @Override
  public RemoteCommand pid(String program) {
    return RemoteCommand.of("systemctl", "--no-pager", "show", "--property=MainPID", program);
  }

  @Override
  public RemoteCommand stop(String program) {
    return change("stop", program);
  }

  @Override
  public RemoteCommand start(String program) {
    return change("start", program);
  }

  private RemoteCommand change(String verb, String program) {
    var command = RemoteCommand.of("systemctl", "--no-ask-password", "--no-block", verb, program);
    return sudo ? command.withSudo() : command;
  }

  @Override
  public Observed<Sighting> sighting(String program, Answer answer) {
    var properties = properties(answer);
    if (!properties.containsKey("ActiveState")) {
      return Observed.unknown(complaint(status(program), answer).sentence());
    }
    var load = properties.getOrDefault("LoadState", "");
    var pid = number(properties.getOrDefault("MainPID", ""));
    // A unit that was masked or lost its file may still run.
    if (pid.isEmpty() && !load.equals("loaded")) {
      return Observed.unknown(
          "systemd knows no usable unit "
              + program
              + " (LoadState "
              + load
              + "): see spec.hosts.process.program");
    }
    var active = properties.get("ActiveState");
    var why = "%s, %s".formatted(active, properties.getOrDefault("Result", ""));
    if (pid.isPresent()) {
      return Observed.known(new Sighting.Lives(pid, "deactivating".equals(active)));
    }
    return switch (String.valueOf(active)) {
      case "inactive" ->
          "success".equals(properties.get("Result"))
              ? Observed.known(new Sighting.Stopped())
              : Observed.known(new Sighting.Died(why));
      case "failed" -> Observed.known(new Sighting.Died(why));
      case "activating" ->
          "auto-restart".equals(properties.get("SubState"))
              ? Observed.known(new Sighting.Died(why))
              : Observed.unknown("systemd is starting the unit and has no main process yet");
      default -> Observed.unknown("systemd says " + active + " and no main process");
    };
  }

  @Override
  public Observed<Long> pid(Answer answer) {
    return number(properties(answer).getOrDefault("MainPID", ""))
        .map(Observed::known)
        .orElseGet(() -> Observed.unknown("systemd tells no main process: " + answer.brief()));
  }

  @Override
  public Optional<Complaint> stopComplaint(String program, Answer answer) {
    return answer.ok() ? Optional.empty() : Optional.of(complaint(stop(program), answer));
  }

  @Override
  public Optional<Complaint> startComplaint(String program, Answer answer) {
    return answer.ok() ? Optional.empty() : Optional.of(complaint(start(program), answer));
  }

  private static Complaint complaint(RemoteCommand command, Answer answer) {
    return Complaint.beforeTheProgram(command, answer).orElseGet(() -> bySystemd(command, answer));
  }

  private static Complaint bySystemd(RemoteCommand command, Answer answer) {
    var text = answer.all();
    if (text.contains("authentication required") || text.contains("Access denied")) {
      return Complaint.denied(
          answer.brief() + "; set spec.hosts.process.sudo, or allow it by polkit");
    }
    if (text.contains("not found") || text.contains("not loaded")) {
      return Complaint.refused(answer.brief() + " See spec.hosts.process.program");
    }
    if (text.contains("not been booted with systemd") || text.contains("connect to bus")) {
      return Complaint.refused(answer.brief() + "; use spec.hosts.process.kind: Supervisor there");
    }
    return Complaint.refused("not understood: " + command.line() + ": " + answer.brief());
  }

  private static Map<String, String> properties(Answer answer) {
    var properties = new TreeMap<String, String>();
    for (var line : answer.output().lines().toList()) {
      var parts = line.split("=", 2);
      if (parts.length == 2) {
        properties.put(parts[0].strip(), parts[1].strip());
      }
    }
    return properties;
  }

  /** Zero is systemd's word for none. */
  private static Optional<Long> number(String text) {
    return text.matches("[1-9]\\d{0,9}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
  }
}
