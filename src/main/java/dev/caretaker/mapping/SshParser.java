package dev.caretaker.mapping;

import dev.caretaker.api.EsSshSpec;
import dev.caretaker.mapping.Problem.Rule;
import dev.caretaker.mapping.SpecReading.Shape;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads how machines behind sshd are logged in to; the CRD has the same rules. */
final class SshParser {
  private static final int DEFAULT_PORT = 22;
  private static final int LAST_PORT = 65535;

  private final SpecReading reading;
  private final String path;

  SshParser(SpecReading reading, String path) {
    this.reading = reading;
    this.path = path;
  }

  /** Empty where a problem was found. */
  Optional<SshAccess> read(EsSshSpec ssh) {
    int before = reading.problems().size();
    var user = reading.shaped(path + ".user", ssh.user(), Shape.USER).orElse("");
    int port = port(path + ".port", ssh.port());
    var key = reading.secret(path + ".keySecret", ssh.keySecret());
    if (ssh.keySecret() == null) {
      reading.problem(path + ".keySecret", Rule.TYPE, "name the Secret with the private key");
    }
    var knownHosts =
        reading.shapedOrNone(path + ".knownHosts", ssh.knownHosts(), Shape.KNOWN_HOSTS);
    var knownHostsSecret = reading.secret(path + ".knownHostsSecret", ssh.knownHostsSecret());
    if ((ssh.knownHosts() == null) == (ssh.knownHostsSecret() == null)) {
      reading.problem(
          path,
          Rule.TOGETHER,
          "give the host keys by knownHosts or by knownHostsSecret, one of them");
    }
    var jump = Optional.ofNullable(ssh.jump()).map(given -> jump(given, user));
    if (reading.problems().size() > before) {
      return Optional.empty();
    }
    var login = new HostAccess.Login(user, port);
    return Optional.of(new SshAccess(login, key.orElse(""), knownHosts, knownHostsSecret, jump));
  }

  private HostAccess.Jump jump(EsSshSpec.Jump jump, String user) {
    var at = path + ".jump";
    var address = reading.shaped(at + ".address", jump.address(), Shape.MACHINE).orElse("");
    var there =
        jump.user() == null
            ? user
            : reading.shaped(at + ".user", jump.user(), Shape.USER).orElse("");
    return new HostAccess.Jump(
        address, new HostAccess.Login(there, port(at + ".port", jump.port())));
  }

  private int port(String at, @Nullable Integer port) {
    return reading.number(at, port, DEFAULT_PORT, 1, LAST_PORT);
  }
}
