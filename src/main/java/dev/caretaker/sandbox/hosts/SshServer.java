package dev.caretaker.sandbox.hosts;

import dev.caretaker.sandbox.keeper.Keeper;
import dev.caretaker.sandbox.keeper.ProgramSpec;
import dev.caretaker.sandbox.keeper.ProgramState;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A real sshd on loopback addresses, as a process of a keeper. It lets in one key, of the user who
 * runs this.
 */
public final class SshServer {
  private static final Duration STARTING = Duration.ofSeconds(30);
  private static final Path PRIVILEGE_SEPARATION = Path.of("/run/sshd");

  private final Keeper keeper;
  private final String name;
  private final List<String> addresses;
  private final int port;
  private final KeyFiles hostKey;
  private final Path log;

  private SshServer(
      Keeper keeper, String name, List<String> addresses, int port, KeyFiles hostKey, Path log) {
    this.keeper = keeper;
    this.name = name;
    this.addresses = List.copyOf(addresses);
    this.port = port;
    this.hostKey = hostKey;
    this.log = log;
  }

  /**
   * Prepares one and starts nothing yet.
   *
   * @param name of the keeper's program and of its files
   * @param addresses on which it listens, all of them this machine's
   * @param authorized the public line of the one key that it lets in
   */
  public static SshServer prepare(
      HostPrograms programs,
      Keeper keeper,
      Path directory,
      String name,
      List<String> addresses,
      int port,
      String authorized)
      throws IOException, InterruptedException {
    var home = Files.createDirectories(directory.resolve(name)).toAbsolutePath();
    var hostKey = KeyFiles.make(programs, home.resolve("host_key"), "ed25519", "");
    var keys = home.resolve("authorized_keys");
    Files.writeString(keys, authorized + "\n");
    var configuration = home.resolve("sshd_config");
    Files.writeString(
        configuration,
        configuration(addresses, port, hostKey, keys) + environment(programs, home) + "\n");
    var log = home.resolve("sshd.log");
    var command = List.of(programs.sshd().toString(), "-D", "-e", "-f", configuration.toString());
    keeper.add(new ProgramSpec(name, command, Map.of(), home, log));
    return new SshServer(keeper, name, addresses, port, hostKey, log);
  }

  private static String configuration(
      List<String> addresses, int port, KeyFiles hostKey, Path keys) {
    var lines = new ArrayList<String>();
    addresses.forEach(address -> lines.add("ListenAddress " + address + ":" + port));
    lines.add("HostKey " + hostKey.secret());
    lines.add("AuthorizedKeysFile " + keys);
    lines.add("PidFile none");
    lines.add("UsePAM no");
    lines.add("UseDNS no");
    // The files are below folders that others may write to, such as /tmp.
    lines.add("StrictModes no");
    lines.add("PermitRootLogin prohibit-password");
    lines.add("PasswordAuthentication no");
    lines.add("KbdInteractiveAuthentication no");
    lines.add("AllowUsers " + user());
    lines.add("AllowTcpForwarding local");
    lines.add("X11Forwarding no");
    lines.add("AllowAgentForwarding no");
    lines.add("MaxStartups 100");
    lines.add("LogLevel VERBOSE");
    return String.join("\n", lines) + "\n";
  }

  /**
   * Not the user's own home: what somebody's shell does at each login is no part of a sandbox. One
   * line, since older versions of sshd take the first alone.
   */
  private static String environment(HostPrograms programs, Path home) {
    var bin = Optional.ofNullable(programs.supervisorctl().getParent()).orElse(Path.of("/usr/bin"));
    return "SetEnv HOME=" + home + " PATH=" + bin + ":/usr/local/bin:/usr/bin:/bin";
  }

  /** Who may log in. */
  public static String user() {
    return System.getProperty("user.name");
  }

  /** Starts it and returns when it listens. */
  public void start() throws IOException, InterruptedException {
    // As root it wants this folder, which Debian's service makes at each boot.
    if (user().equals("root")) {
      Files.createDirectories(PRIVILEGE_SEPARATION);
    }
    keeper.start(name);
    long end = System.nanoTime() + STARTING.toNanos();
    while (!listens()) {
      if (!(keeper.state(name) instanceof ProgramState.Running) || System.nanoTime() > end) {
        throw new IOException(
            "sshd does not listen on " + addresses + " port " + port + ": " + tail());
      }
      Thread.sleep(50);
    }
  }

  /** Kills it; connections that stand live on in processes of their own. */
  public void kill() throws IOException, InterruptedException {
    keeper.kill(name);
  }

  public int port() {
    return port;
  }

  /** The lines of known_hosts for all its addresses. */
  public String knownHosts() throws IOException {
    var lines = new StringBuilder();
    for (var address : addresses) {
      lines.append(hostKey.knownHost(address, port)).append('\n');
    }
    return lines.toString();
  }

  /** How many logins there were. */
  public long logins() throws IOException {
    return said().filter(line -> line.startsWith("Accepted publickey")).count();
  }

  private boolean listens() {
    for (var address : addresses) {
      try (var socket = new Socket()) {
        socket.connect(new InetSocketAddress(address, port), 1000);
      } catch (IOException notYet) {
        return false;
      }
    }
    return true;
  }

  private String tail() throws IOException {
    var lines = said().toList();
    return String.join("; ", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
  }

  private Stream<String> said() throws IOException {
    return Files.exists(log)
        ? new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines()
        : Stream.empty();
  }
}
