package dev.caretaker.sandbox.stand;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caretaker.sandbox.engine.EngineCluster;
import dev.caretaker.sandbox.engine.EngineNode;
import dev.caretaker.sandbox.keeper.Keeper;
import dev.caretaker.sandbox.keeper.KeeperServer;
import dev.caretaker.sandbox.keeper.Programs;
import dev.caretaker.sandbox.recorder.Journal;
import dev.caretaker.sandbox.recorder.RecordingProxy;
import dev.caretaker.sandbox.recorder.Side;
import dev.caretaker.sandbox.recorder.Upstream;
import io.fabric8.kubernetes.api.model.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The nodes are processes of the keeper, and the operator talks to it. */
final class KeeperWay implements HostWay {
  private final Journal journal;
  private final Parts parts;
  private String url = "";

  KeeperWay(Journal journal, Parts parts) {
    this.journal = journal;
    this.parts = parts;
  }

  @Override
  public Programs of(Keeper keeper, Path directory) {
    return keeper;
  }

  @Override
  public void open(EngineCluster cluster) throws IOException {
    var server = new KeeperServer(cluster.keeper(), 0);
    parts.add(server::close);
    int port = Example.declared().keeper().getPort();
    var proxy = new RecordingProxy(Side.HOST, Upstream.plain(server.url()), journal, port);
    parts.add(proxy::close);
    url = proxy.url().toString();
  }

  @Override
  public Optional<EngineCluster> comingAndGoing(EngineCluster cluster) {
    return Optional.of(cluster);
  }

  @Override
  public void describe(ObjectNode hosts, List<EngineNode> nodes) {
    hosts.withObject("/access/local").put("keeper", url);
    var list = hosts.putArray("list");
    nodes.forEach(node -> list.addObject().put("node", node.name()).put("zone", node.zone()));
  }

  @Override
  public Optional<Secret> secret() {
    return Optional.empty();
  }
}
