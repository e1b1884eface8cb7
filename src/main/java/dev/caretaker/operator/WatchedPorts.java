package dev.caretaker.operator;

import dev.caretaker.elastic.action.EsAction;
import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.HostProcess;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.ShardId;
import dev.caretaker.kernel.Observed;
import dev.caretaker.port.EsPort;
import dev.caretaker.port.HostPort;
import dev.caretaker.port.PortException;
import java.util.Set;
import java.util.SortedMap;

/** Ports whose effects are announced before and told afterwards. */
final class WatchedPorts implements EsPort, HostPort {

  /** Who is told about effects. */
  interface Watcher {
    /**
     * Called before anything leaves.
     *
     * @throws PortException where it must not happen
     */
    void before(EsAction action) throws PortException;

    void done(EsAction action);

    void failed(EsAction action, PortException failure);
  }

  private final EsPort engine;
  private final HostPort hosts;
  private final Watcher watcher;

  WatchedPorts(EsPort engine, HostPort hosts, Watcher watcher) {
    this.engine = engine;
    this.hosts = hosts;
    this.watcher = watcher;
  }

  @Override
  public Observed<ClusterView> read(Set<ShardId> explain) {
    return engine.read(explain);
  }

  @Override
  public Observed<Boolean> probe() {
    return engine.probe();
  }

  @Override
  public Observed<HostProcess> read(NodeName node) {
    return hosts.read(node);
  }

  @Override
  public SortedMap<NodeName, Observed<HostProcess>> readAll(Set<NodeName> nodes) {
    return hosts.readAll(nodes);
  }

  @Override
  public void perform(EsAction.OnEngine action) throws PortException {
    watched(action, () -> engine.perform(action));
  }

  @Override
  public void perform(EsAction.OnHost action) throws PortException {
    watched(action, () -> hosts.perform(action));
  }

  private interface Effect {
    void happen() throws PortException;
  }

  private void watched(EsAction action, Effect effect) throws PortException {
    watcher.before(action);
    try {
      effect.happen();
    } catch (PortException failure) {
      watcher.failed(action, failure);
      throw failure;
    }
    watcher.done(action);
  }
}
