package dev.caretaker.adapter.host.worker;

import dev.caretaker.adapter.host.ssh.SshScripts;
import dev.caretaker.adapter.host.ssh.Target;
import dev.caretaker.pipeline.model.WorkerHost;
import dev.caretaker.pipeline.model.WorkerId;
import dev.caretaker.port.PortException;
import dev.caretaker.port.PortException.Kind;
import java.util.Map;
import java.util.SortedMap;

/** Scripts over ssh, dozens at a time. */
final class SshShell implements Shell {
  /** A machine that does not answer holds one of them for half a minute, and no other machine. */
  private static final int AT_ONCE = 64;

  private final SshWorkerSettings settings;
  private final SshScripts scripts;
  private final SideBySide machines = new SideBySide("ssh-workers", AT_ONCE);

  SshShell(SshWorkerSettings settings) {
    this.settings = settings;
    this.scripts = new SshScripts(settings.identity(), settings.knownHosts(), settings.timeouts());
  }

  @Override
  public SortedMap<WorkerId, Said> run(Map<WorkerHost, String> orders) {
    return machines.ask(
        orders.entrySet(),
        order -> order.getKey().id(),
        order -> run(order.getKey(), order.getValue()),
        new Failed(new PortException(Kind.UNKNOWN_OUTCOME, "shutting down")));
  }

  private Said run(WorkerHost worker, String script) {
    if (worker.address().isEmpty()) {
      return new Failed(new PortException(Kind.UNREACHABLE, worker.id() + " has no address yet"));
    }
    var target =
        new Target(settings.user(), worker.address().get(), settings.port(), settings.via());
    try {
      var said = scripts.run(target, script);
      return new Ended(said.status(), said.output());
    } catch (PortException failed) {
      return new Failed(failed);
    }
  }

  @Override
  public void close() {
    scripts.close();
    machines.close();
  }
}
