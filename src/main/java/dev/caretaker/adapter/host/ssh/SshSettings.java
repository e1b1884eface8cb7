package dev.caretaker.adapter.host.ssh;

import dev.caretaker.elastic.model.NodeName;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How the machines of a cluster are reached and who supervises the nodes there.
 *
 * @param machines where each node's machine is
 * @param knownHosts lines as in OpenSSH's known_hosts; the only keys that are accepted
 * @param process how the node's process is called and asked for
 */
public record SshSettings(
    Map<NodeName, Target> machines,
    Identity identity,
    String knownHosts,
    ProcessSettings process,
    Timeouts timeouts) {
  public SshSettings {
    machines = Map.copyOf(machines);
  }

  /**
   * Who logs in.
   *
   * @param privateKey PEM or OpenSSH text, ed25519, ECDSA or RSA
   */
  public record Identity(String privateKey, Optional<String> passphrase) {
    /** Neither is for logs. */
    @Override
    public String toString() {
      return "Identity[hidden]";
    }
  }

  /** Who supervises. */
  public enum Kind {
    SUPERVISOR,
    SYSTEMD
  }

  /**
   * The process of a node.
   *
   * @param program its name there; {@code {node}} stands for the node's name
   * @param sudo whether the user needs sudo to talk to the supervisor
   * @param configuration supervisorctl's file, where it is in none of its own places
   * @param dataPath the directory whose file system is looked at; none where empty
   */
  public record ProcessSettings(
      Kind kind,
      String program,
      boolean sudo,
      Optional<String> configuration,
      Optional<String> dataPath) {

    /** What the supervisor of a node's machine calls its program. */
    String programOf(NodeName node) {
      return program.replace("{node}", node.value());
    }

    Supervision supervision() {
      return switch (kind) {
        case SUPERVISOR -> new Supervisorctl(sudo, configuration);
        case SYSTEMD -> new Systemctl(sudo);
      };
    }
  }

  /**
   * Each ends with an error, never with a guess.
   *
   * @param connect until sshd's side of the connection is there
   * @param login until the host key is checked and the key accepted
   * @param command until a question is answered
   * @param change until a stop or start is answered; after it the supervisor is asked instead
   */
  public record Timeouts(Duration connect, Duration login, Duration command, Duration change) {
    /**
     * sshd may look up a name first, and supervisorctl is a Python program: on a busy small machine
     * it needs seconds to start.
     */
    public static final Timeouts DEFAULT =
        new Timeouts(
            Duration.ofSeconds(10),
            Duration.ofSeconds(15),
            Duration.ofSeconds(20),
            Duration.ofSeconds(8));
  }
}
