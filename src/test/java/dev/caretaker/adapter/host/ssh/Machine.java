package dev.caretaker.adapter.host.ssh;

import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.sandbox.hosts.HostPrograms;
import dev.caretaker.sandbox.hosts.KeyFiles;
import dev.caretaker.sandbox.hosts.SshServer;
import dev.caretaker.sandbox.hosts.Supervisord;
import dev.caretaker.sandbox.keeper.FreePorts;
import dev.caretaker.sandbox.keeper.Keeper;
import dev.caretaker.sandbox.keeper.ProgramSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Two addresses with a real sshd each, and one real supervisord with small programs behind. */
final class Machine implements AutoCloseable {
  static final String ADDRESS = "127.0.0.1";
  static final String JUMP = "127.0.0.2";
  static final SshSettings.Timeouts QUICK =
      new SshSettings.Timeouts(
          Duration.ofSeconds(10),
          Duration.ofSeconds(20),
          Duration.ofSeconds(30),
          Duration.ofSeconds(20));

  private final HostPrograms programs;
  private final Path directory;
  private final Keeper keeper;
  private final Supervisord supervisord;
  private final KeyFiles key;
  private final SshServer server;
  private final SshServer jump;

  Machine(HostPrograms programs, Path directory) throws Exception {
    this.programs = programs;
    this.directory = directory;
    this.keeper = Keeper.open(directory.resolve("keeper"));
    this.key = KeyFiles.make(programs, directory.resolve("id"), "ed25519", "open sesame");
    var ports = FreePorts.take(2);
    this.server = server("sshd", ADDRESS, ports.get(0));
    this.jump = server("jump", JUMP, ports.get(1));
    this.supervisord = Supervisord.prepare(programs, keeper, directory.resolve("supervisor"));
    add("runs", "exec sleep 1000");
    add("stubborn", "trap '' TERM; while :; do sleep 0.2; done");
    add("fails", "exit 3");
    server.start();
    supervisord.run();
  }

  private SshServer server(String name, String address, int port) throws Exception {
    return SshServer.prepare(
        programs, keeper, directory, name, List.of(address), port, key.publicLine());
  }

  private void add(String name, String script) {
    var home = directory.resolve(name);
    supervisord.add(
        new ProgramSpec(
            name, List.of("sh", "-c", script), Map.of(), home, home.resolve("console.log")));
  }

  SshServer server() {
    return server;
  }

  SshServer jump() {
    return jump;
  }

  Supervisord supervisord() {
    return supervisord;
  }

  HostPrograms programs() {
    return programs;
  }

  Path directory() {
    return directory;
  }

  Target target() {
    return new Target(SshServer.user(), ADDRESS, server.port(), Optional.empty());
  }

  Target throughJump() {
    var way = new Target(SshServer.user(), JUMP, jump.port(), Optional.empty());
    return new Target(SshServer.user(), ADDRESS, server.port(), Optional.of(way));
  }

  SshSettings.Identity identity() throws IOException {
    return new SshSettings.Identity(key.secretText(), Optional.of("open sesame"));
  }

  SshSettings settings() throws IOException {
    return settings(target(), identity(), server.knownHosts() + jump.knownHosts(), QUICK);
  }

  SshSettings settings(
      Target target,
      SshSettings.Identity identity,
      String knownHosts,
      SshSettings.Timeouts timeouts) {
    var process =
        new SshSettings.ProcessSettings(
            SshSettings.Kind.SUPERVISOR,
            Supervisord.GROUP + ":{node}",
            false,
            Optional.of(supervisord.configuration().toString()),
            Optional.of(directory.toString()));
    var machines =
        Map.of(
            new NodeName("runs"), target,
            new NodeName("stubborn"), target,
            new NodeName("fails"), target,
            new NodeName("nosuch"), target);
    return new SshSettings(machines, identity, knownHosts, process, timeouts);
  }

  /** What cleaning /tmp does to a socket that somebody put there. */
  void loseSocket() throws IOException {
    Files.delete(supervisord.socket());
  }

  @Override
  public void close() throws IOException {
    supervisord.close();
  }
}
