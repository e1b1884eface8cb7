package dev.caretaker.adapter.host.worker;

import dev.caretaker.adapter.host.ssh.SshSettings;
import dev.caretaker.kernel.Utility;
import dev.caretaker.pipeline.model.WorkerHost;
import dev.caretaker.pipeline.model.WorkerId;
import dev.caretaker.sandbox.hosts.HostPrograms;
import dev.caretaker.sandbox.hosts.KeyFiles;
import dev.caretaker.sandbox.hosts.SshServer;
import dev.caretaker.sandbox.hosts.Supervisord;
import dev.caretaker.sandbox.keeper.FreePorts;
import dev.caretaker.sandbox.keeper.Keeper;
import dev.caretaker.sandbox.keeper.ProgramSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Forty addresses with a few real sshds behind, and one real supervisord with a program for each.
 */
final class Yard implements AutoCloseable {
  static final int WORKERS = 40;

  /** One sshd listens on sixteen. */
  private static final int MOST_ADDRESSES = 14;

  private final Path directory;
  private final KeyFiles key;
  private final List<SshServer> servers = new ArrayList<>();
  private final Supervisord supervisord;

  Yard(HostPrograms programs, Path directory) throws Exception {
    this.directory = directory;
    var keeper = Keeper.open(directory.resolve("keeper"));
    this.key = KeyFiles.make(programs, directory.resolve("id"), "ed25519", "");
    int port = FreePorts.take(1).get(0);
    for (int from = 1; from <= WORKERS; from += MOST_ADDRESSES) {
      int to = Math.min(WORKERS, from + MOST_ADDRESSES - 1);
      var addresses = IntStream.rangeClosed(from, to).mapToObj(Yard::address).toList();
      var name = "sshd" + from;
      servers.add(
          SshServer.prepare(programs, keeper, directory, name, addresses, port, key.publicLine()));
    }
    this.supervisord = Supervisord.prepare(programs, keeper, directory.resolve("supervisor"));
    for (int number = 1; number <= WORKERS; number++) {
      add(name(number), "exec sleep 1000");
    }
    add("fails", "exit 3");
    add("slow", "trap 'sleep 8; exit 0' TERM; while :; do sleep 0.2; done");
    for (var server : servers) {
      server.start();
    }
    supervisord.run();
  }

  private void add(String name, String script) {
    var home = directory.resolve(name);
    supervisord.add(
        new ProgramSpec(
            name, List.of("sh", "-c", script), Map.of(), home, home.resolve("console.log")));
  }

  static String name(int number) {
    return "w" + number;
  }

  private static String address(int number) {
    return "127.0.1." + number;
  }

  int port() {
    return servers.get(0).port();
  }

  long logins() throws IOException {
    long logins = 0;
    for (var server : servers) {
      logins += server.logins();
    }
    return logins;
  }

  static WorkerHost worker(int number) {
    return worker(name(number), address(number));
  }

  static WorkerHost worker(String name, String address) {
    return new WorkerHost(new WorkerId(name), Optional.of(address), Utility.of("1"), true);
  }

  SupervisedWorkers port(Duration login) throws IOException {
    var knownHosts = new StringBuilder();
    for (var server : servers) {
      knownHosts.append(server.knownHosts());
    }
    var timeouts =
        new SshSettings.Timeouts(
            Duration.ofSeconds(10), login, Duration.ofSeconds(60), Duration.ofSeconds(20));
    return SupervisedWorkers.overSsh(
        new SshWorkerSettings(
            SshServer.user(),
            port(),
            Optional.empty(),
            new SshSettings.Identity(key.secretText(), Optional.empty()),
            knownHosts.toString(),
            timeouts),
        new SupervisorAccess(false, Optional.of(supervisord.configuration().toString())));
  }

  @Override
  public void close() throws IOException {
    supervisord.close();
  }
}
