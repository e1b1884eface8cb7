package dev.caretaker.operator;

import dev.caretaker.adapter.host.LocalHosts;
import dev.caretaker.adapter.host.ssh.SshHosts;
import dev.caretaker.adapter.host.ssh.SshSettings;
import dev.caretaker.adapter.host.ssh.Target;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.mapping.HostAccess;
import dev.caretaker.port.HostPort;
import java.util.Optional;
import java.util.TreeMap;

/** Opens the ways to machines. */
final class HostConnector {
  /** The key that Kubernetes gives a private key in its own Secrets of type ssh-auth. */
  private static final String PRIVATE_KEY = "ssh-privatekey";

  private HostConnector() {}

  /** A port and what ends it. */
  record Way(HostPort port, Runnable closing) {
    static Way blocked(String cause) {
      return new Way(new Unreachable(cause), () -> {});
    }
  }

  static Way open(HostAccess access, Secrets secrets) {
    if (access instanceof HostAccess.Local local) {
      return new Way(new LocalHosts(local.keeper()), () -> {});
    }
    var missing = secrets.missing(access.secrets());
    if (missing.isPresent()) {
      return Way.blocked(missing.get());
    }
    try {
      var hosts = new SshHosts(settings((HostAccess.Ssh) access, secrets));
      return new Way(hosts, hosts::close);
    } catch (IllegalArgumentException unusable) {
      return Way.blocked("spec.hosts.access.ssh: " + unusable.getMessage());
    }
  }

  private static SshSettings settings(HostAccess.Ssh ssh, Secrets secrets) {
    var jump = ssh.jump().map(HostConnector::target);
    var machines = new TreeMap<NodeName, Target>();
    var login = ssh.login();
    ssh.addresses()
        .forEach(
            (node, address) ->
                machines.put(node, new Target(login.user(), address, login.port(), jump)));
    return new SshSettings(
        machines,
        identity(ssh.keySecret(), secrets),
        knownHosts(ssh.knownHosts(), ssh.knownHostsSecret(), secrets),
        process(ssh.process()),
        SshSettings.Timeouts.DEFAULT);
  }

  /**
   * The key that somebody logs in with.
   *
   * @throws IllegalArgumentException where the Secret lacks it
   */
  static SshSettings.Identity identity(String secret, Secrets secrets) {
    var key = required(secrets, secret, PRIVATE_KEY);
    var passphrase = secrets.value(secret, "passphrase").map(String::strip);
    return new SshSettings.Identity(key, passphrase);
  }

  /**
   * The host keys that are accepted, from one of two places.
   *
   * @throws IllegalArgumentException where the Secret lacks them
   */
  static String knownHosts(Optional<String> given, Optional<String> secret, Secrets secrets) {
    return given.orElseGet(() -> required(secrets, secret.orElse(""), "known_hosts"));
  }

  static Target target(HostAccess.Jump jump) {
    return new Target(jump.login().user(), jump.address(), jump.login().port(), Optional.empty());
  }

  private static SshSettings.ProcessSettings process(HostAccess.Supervised process) {
    var kind =
        switch (process.kind()) {
          case SUPERVISOR -> SshSettings.Kind.SUPERVISOR;
          case SYSTEMD -> SshSettings.Kind.SYSTEMD;
        };
    return new SshSettings.ProcessSettings(
        kind, process.program(), process.sudo(), process.configuration(), process.dataPath());
  }

  private static String required(Secrets secrets, String secret, String key) {
    return secrets
        .value(secret, key)
        .orElseThrow(() -> new IllegalArgumentException("the Secret " + secret + " needs " + key));
  }
}
