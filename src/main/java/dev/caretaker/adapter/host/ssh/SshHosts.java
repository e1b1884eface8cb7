package dev.caretaker.adapter.host.ssh;

import dev.caretaker.elastic.action.EsAction;
import dev.caretaker.elastic.model.HostProcess;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.kernel.Observed;
import dev.caretaker.port.HostPort;
import dev.caretaker.port.PortException;
import dev.caretaker.port.PortException.Kind;
import java.time.Instant;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Machines behind sshd with supervisord or systemd (docs/hosts.md). A stop compares the running
 * process with the one that was meant and asks right afterwards; no supervisor offers the two in
 * one, so a process that is replaced within that moment may be met.
 */
public final class SshHosts implements HostPort, AutoCloseable {
  /** One machine that does not answer must not hold up the look at the others. */
  private static final int AT_ONCE = 16;

  private final SshSettings settings;
  private final Connections connections;
  private final ExecutorService threads;

  /**
   * Connects to nothing yet.
   *
   * @throws IllegalArgumentException where the key or the known hosts cannot be used
   */
  public SshHosts(SshSettings settings) {
    this.settings = settings;
    this.connections = new Connections(settings);
    this.threads = Executors.newFixedThreadPool(AT_ONCE, SshHosts::daemon);
  }

  private static Thread daemon(Runnable work) {
    var thread = new Thread(work, "ssh-hosts");
    thread.setDaemon(true);
    return thread;
  }

  /** Breaks off what is under way. */
  @Override
  public void close() {
    connections.close();
    threads.shutdown();
  }

  /** How many connections were opened so far. */
  long connectionsOpened() {
    return connections.opened();
  }

  @Override
  public SortedMap<NodeName, Observed<HostProcess>> readAll(Set<NodeName> nodes) {
    var reads = new TreeMap<NodeName, Future<Observed<HostProcess>>>();
    nodes.forEach(node -> reads.put(node, threads.submit(() -> read(node))));
    var all = new TreeMap<NodeName, Observed<HostProcess>>();
    reads.forEach((node, read) -> all.put(node, result(read)));
    return all;
  }

  /** Each read has its own time limits. */
  private static Observed<HostProcess> result(Future<Observed<HostProcess>> read) {
    try {
      return read.get();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return Observed.unknown("not read: shutting down");
    } catch (ExecutionException bug) {
      throw new IllegalStateException("a read of a host ended with an exception", bug);
    }
  }

  @Override
  public Observed<HostProcess> read(NodeName node) {
    try {
      return program(node).read();
    } catch (PortException failed) {
      return Observed.unknown(String.valueOf(failed.getMessage()));
    }
  }

  @Override
  public Observed<Instant> clock(NodeName node) {
    try {
      return program(node).clock();
    } catch (PortException failed) {
      return Observed.unknown(String.valueOf(failed.getMessage()));
    }
  }

  @Override
  public Observed<Boolean> mayRestart(NodeName node) {
    try {
      return program(node).mayRestart();
    } catch (PortException failed) {
      return Observed.unknown(String.valueOf(failed.getMessage()));
    }
  }

  @Override
  public void perform(EsAction.OnHost action) throws PortException {
    if (action instanceof EsAction.StopNode stop) {
      program(stop.node()).stop(stop.incarnation());
    } else if (action instanceof EsAction.StartNode start) {
      program(start.node()).start();
    }
  }

  private SupervisedProgram program(NodeName node) throws PortException {
    var target = settings.machines().get(node);
    if (target == null) {
      throw new PortException(Kind.REFUSED, "spec.hosts.list has no address for " + node);
    }
    return new SupervisedProgram(connections, settings, target, settings.process().programOf(node));
  }
}
