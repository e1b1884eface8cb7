package dev.caretaker.adapter.host.ssh;

import dev.caretaker.port.PortException;
import dev.caretaker.port.PortException.Kind;
import java.util.List;

/** Shell scripts on machines behind sshd; each goes to {@code sh}, whatever the login shell is. */
public final class SshScripts implements AutoCloseable {
  private final Connections connections;
  private final SshSettings.Timeouts timeouts;

  /**
   * Connects to nothing yet.
   *
   * @param knownHosts lines as in OpenSSH's known_hosts; a pattern of addresses may name the key
   *     that all machines of one image show
   * @throws IllegalArgumentException where the key or the known hosts cannot be used
   */
  public SshScripts(
      SshSettings.Identity identity, String knownHosts, SshSettings.Timeouts timeouts) {
    this.connections = new Connections(identity, knownHosts, timeouts);
    this.timeouts = timeouts;
  }

  /** What a script said that ended, both streams, and its exit status. */
  public record Said(int status, String output) {}

  /**
   * Runs a script, at most once.
   *
   * @throws PortException UNREACHABLE or DENIED where it was never sent; UNKNOWN_OUTCOME where
   *     nobody knows how it ended
   */
  public Said run(Target target, String script) throws PortException {
    var command = new RemoteCommand(List.of("sh", "-s"), script);
    var outcome = connections.run(target, command, timeouts.command());
    if (outcome instanceof Outcome.Unanswered unanswered) {
      throw new PortException(Kind.UNKNOWN_OUTCOME, unanswered.why());
    }
    var answer = ((Outcome.Answered) outcome).answer();
    return new Said(answer.status(), answer.all());
  }

  @Override
  public void close() {
    connections.close();
  }
}
