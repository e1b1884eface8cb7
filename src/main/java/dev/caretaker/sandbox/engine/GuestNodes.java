package dev.caretaker.sandbox.engine;

import dev.caretaker.sandbox.engine.NodeSettings.Stage;
import dev.caretaker.sandbox.keeper.FreePorts;
import dev.caretaker.sandbox.keeper.ProgramState;
import dev.caretaker.sandbox.keeper.Programs;
import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Nodes on machines that come and go: they join a running cluster with data and without a vote, run
 * under who runs the others too, and leave nothing behind.
 */
public final class GuestNodes {
  private final ClusterDirectory directory;
  private final Programs programs;
  private final NodeFiles files;
  private final NodeSettings settings;
  private final Map<String, EngineNode> nodes = new ConcurrentSkipListMap<>();

  GuestNodes(
      ClusterDirectory directory, Programs programs, NodeFiles files, NodeSettings settings) {
    this.directory = directory;
    this.programs = programs;
    this.files = files;
    this.settings = settings;
  }

  /** Starts a new node, with an empty disk, and returns before it has joined. */
  public synchronized void start(String name, String zone) throws IOException {
    Iterator<Integer> ports = FreePorts.take(2).iterator();
    EngineNode node = new EngineNode(name, zone, ports.next(), ports.next(), directory.node(name));
    files.write(node, settings.of(node, Stage.GUEST));
    programs.add(files.program(node, programs.leash()));
    nodes.put(name, node);
    programs.start(name);
  }

  /** Kills a node with all that it stored; nobody can start it any more. */
  public synchronized void lose(String name) throws IOException, InterruptedException {
    Optional<EngineNode> node = Optional.ofNullable(nodes.remove(name));
    if (node.isPresent()) {
      EngineCluster.forget(programs.remove(name));
      DirectoryTree.remove(node.get().home());
    }
  }

  /** Whether a process of it runs, whatever it does. */
  public synchronized boolean runs(String name) {
    return state(name).filter(ProgramState.Running.class::isInstance).isPresent();
  }

  private Optional<ProgramState> state(String name) {
    return Optional.ofNullable(nodes.get(name)).map(node -> programs.state(node.name()));
  }
}
