package dev.caretaker.adapter.host.worker;

import dev.caretaker.adapter.host.ssh.SshSettings;
import dev.caretaker.adapter.host.ssh.Target;
import java.util.Optional;

/**
 * How the machines of a fleet are reached over ssh; their addresses come with them.
 *
 * @param via the machine through which they are reached, where they are not reached directly
 * @param knownHosts lines as in OpenSSH's known_hosts; {@code 10.0.*} may stand for all machines of
 *     an image that has its own host key
 */
public record SshWorkerSettings(
    String user,
    int port,
    Optional<Target> via,
    SshSettings.Identity identity,
    String knownHosts,
    SshSettings.Timeouts timeouts) {}
