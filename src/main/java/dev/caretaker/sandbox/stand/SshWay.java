package dev.caretaker.sandbox.stand;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caretaker.sandbox.engine.ClusterShape;
import dev.caretaker.sandbox.engine.EngineCluster;
import dev.caretaker.sandbox.engine.EngineNode;
import dev.caretaker.sandbox.hosts.HostPrograms;
import dev.caretaker.sandbox.hosts.KeyFiles;
import dev.caretaker.sandbox.hosts.SshServer;
import dev.caretaker.sandbox.hosts.Supervisord;
import dev.caretaker.sandbox.keeper.FreePorts;
import dev.caretaker.sandbox.keeper.Keeper;
import dev.caretaker.sandbox.keeper.Programs;
import dev.caretaker.sandbox.recorder.Journal;
import dev.caretaker.sandbox.recorder.RecordingProxy;
import dev.caretaker.sandbox.recorder.Side;
import dev.caretaker.sandbox.recorder.Upstream;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The nodes are programs of a real supervisord, and the operator logs in to a real sshd, at an
 * address of its own for each node, to run supervisorctl. What that asks is recorded on its way to
 * supervisord: nobody can look into ssh.
 */
final class SshWay implements HostWay {
  private static final String SECRET = "sandbox-ssh";
  private static final String PASSPHRASE = "of the sandbox";

  private record Opened(Supervisord supervisord, SshServer server, KeyFiles key, Path files) {}

  private final HostPrograms programs;
  private final Journal journal;
  private final Parts parts;
  private final Map<String, String> addresses = new TreeMap<>();
  private Optional<Opened> opened = Optional.empty();

  /**
   * Prepares nothing yet.
   *
   * @throws IOException saying which programs are missing and how to get them
   */
  SshWay(ClusterShape shape, Journal journal, Parts parts) throws IOException {
    this.programs = found();
    this.journal = journal;
    this.parts = parts;
    // All of 127.0.0.0/8 is this machine; the first is where the engines listen.
    int last = 1;
    for (var node : shape.zoneByNode().keySet()) {
      last++;
      addresses.put(node, "127.0.%d.%d".formatted(last / 250, last % 250));
    }
  }

  private static HostPrograms found() throws IOException {
    var result = HostPrograms.find();
    if (result instanceof HostPrograms.Missing missing) {
      throw new IOException("--hosts ssh: " + missing.sentence());
    }
    return ((HostPrograms.Found) result).programs();
  }

  @Override
  public Programs of(Keeper keeper, Path directory) throws IOException, InterruptedException {
    var supervisord = Supervisord.prepare(programs, keeper, directory.resolve("supervisor"));
    var proxy = new RecordingProxy(Side.HOST, Upstream.plain(supervisord.url()), journal);
    parts.add(proxy::close);
    supervisord.supervisorctlThrough(proxy.url());
    var key = KeyFiles.make(programs, directory.resolve("id"), "ed25519", PASSPHRASE);
    var listen = List.copyOf(addresses.values());
    int port = FreePorts.take(1).get(0);
    var server =
        SshServer.prepare(programs, keeper, directory, "sshd", listen, port, key.publicLine());
    opened = Optional.of(new Opened(supervisord, server, key, directory));
    return supervisord;
  }

  @Override
  public void open(EngineCluster cluster) throws IOException, InterruptedException {
    opened.orElseThrow().server().start();
  }

  /** supervisord has read its programs when it starts. */
  @Override
  public Optional<EngineCluster> comingAndGoing(EngineCluster cluster) {
    return Optional.empty();
  }

  @Override
  public void describe(ObjectNode hosts, List<EngineNode> nodes) {
    var way = opened.orElseThrow();
    hosts.withObject("/access").remove("local");
    var ssh = hosts.withObject("/access/ssh");
    ssh.put("user", SshServer.user()).put("port", way.server().port());
    ssh.putObject("keySecret").put("name", SECRET);
    ssh.putObject("knownHostsSecret").put("name", SECRET);
    hosts
        .putObject("process")
        .put("kind", "Supervisor")
        .put("program", Supervisord.GROUP + ":{node}")
        .put("configuration", way.supervisord().configuration().toString())
        .put("dataPath", way.files().toAbsolutePath().toString());
    var list = hosts.putArray("list");
    for (var node : nodes) {
      list.addObject()
          .put("node", node.name())
          .put("zone", node.zone())
          .put("address", addresses.get(node.name()));
    }
  }

  @Override
  public Optional<Secret> secret() throws IOException {
    var way = opened.orElseThrow();
    return Optional.of(
        new SecretBuilder()
            .withNewMetadata()
            .withName(SECRET)
            .endMetadata()
            .withType("kubernetes.io/ssh-auth")
            .addToStringData("ssh-privatekey", way.key().secretText())
            .addToStringData("passphrase", PASSPHRASE)
            .addToStringData("known_hosts", way.server().knownHosts())
            .build());
  }
}
