package dev.caretaker.doctor;

import dev.caretaker.elastic.model.HostProcess;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.kernel.Observed;
import dev.caretaker.mapping.HostAccess;
import dev.caretaker.port.HostPort;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the way to one node's process can do, tried without touching the process. */
final class HostFindings {
  private static final String HOST = "host";
  private static final String RIGHTS = "host-rights";
  private static final String CLOCK = "host-clock";

  private final HostPort hosts;
  private final Optional<HostAccess> access;
  private final Clock clock;

  HostFindings(HostPort hosts, Optional<HostAccess> access, Clock clock) {
    this.hosts = hosts;
    this.access = access;
    this.clock = clock;
  }

  /** Asks; three lines for each node. */
  List<Finding> of(NodeName node) {
    var about = node.value();
    var process = hosts.read(node);
    if (process instanceof Observed.Unknown<HostProcess> unknown) {
      var why = "not tried, since an earlier step failed";
      return List.of(
          silent(node, unknown.cause()),
          Finding.skipped(RIGHTS, about, why),
          Finding.skipped(CLOCK, about, why));
    }
    var findings = new ArrayList<Finding>();
    findings.add(reached(about, process.ifKnown().orElseThrow()));
    findings.add(rights(node));
    findings.add(time(node));
    return findings;
  }

  /** The same where the whole took too long. */
  Finding silent(NodeName node, String cause) {
    return Finding.failed(HOST, node.value(), cause, byHand(node));
  }

  private static Finding reached(String about, HostProcess process) {
    return switch (process.state()) {
      case RUNNING ->
          Finding.ok(
              HOST,
              about,
              "reached; its process runs"
                  + process.startedAt().map(since -> " since " + since).orElse(""));
      case STOPPED -> Finding.ok(HOST, about, "reached; its process is stopped");
      case DIED ->
          Finding.warning(
              HOST,
              about,
              "reached; its process died unasked",
              "look into its log, and start it when the reason is gone");
    };
  }

  private Finding rights(NodeName node) {
    var may = hosts.mayRestart(node);
    if (may instanceof Observed.Unknown<Boolean> unknown) {
      return Finding.skipped(RIGHTS, node.value(), unknown.cause());
    }
    return may.equals(Observed.known(true))
        ? Finding.ok(RIGHTS, node.value(), "may be stopped and started")
        : Finding.failed(
            RIGHTS,
            node.value(),
            "sudo does not allow the stop or the start of its program",
            "add the lines of docs/hosts.md to sudoers there");
  }

  private Finding time(NodeName node) {
    Instant asked = clock.instant();
    var shown = hosts.clock(node);
    return shown instanceof Observed.Unknown<Instant> unknown
        ? Finding.skipped(CLOCK, node.value(), unknown.cause())
        : Clocks.compare(
            CLOCK, node.value(), shown.ifKnown().orElseThrow(), asked, clock.instant());
  }

  /** How a person tries the same. */
  private String byHand(NodeName node) {
    if (access.orElse(null) instanceof HostAccess.Local local) {
      return "see that the keeper runs and knows the node: curl " + local.keeper() + "/programs";
    }
    if (access.orElse(null) instanceof HostAccess.Ssh ssh && ssh.addresses().containsKey(node)) {
      var jump =
          ssh.jump()
              .map(
                  it ->
                      "-J %s@%s:%d ".formatted(it.login().user(), it.address(), it.login().port()))
              .orElse("");
      return "mend it (docs/hosts.md), and try: ssh %s-p %d %s@%s"
          .formatted(jump, ssh.login().port(), ssh.login().user(), ssh.addresses().get(node));
    }
    return "see docs/hosts.md";
  }
}
