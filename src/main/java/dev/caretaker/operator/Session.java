package dev.caretaker.operator;

import dev.caretaker.api.EsCluster;
import dev.caretaker.elastic.EsDecider;
import dev.caretaker.elastic.action.EsAction;
import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.SpotMachine;
import dev.caretaker.elastic.policy.EsPolicy;
import dev.caretaker.kernel.Observed;
import dev.caretaker.mapping.EsAccess;
import dev.caretaker.mapping.Planned;
import dev.caretaker.pass.EsPass;
import dev.caretaker.pass.ProgressStore.StaleWriter;
import dev.caretaker.port.EsPort;
import dev.caretaker.port.PortException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * The open ways to one cluster and what its passes may forget. It lives as long as the resource
 * says how the cluster is reached.
 */
final class Session implements AutoCloseable, WatchedPorts.Watcher {

  /** What a session was opened for; another one needs another session. */
  record Key(EsAccess access, String zoneAttribute, Secrets secrets) {}

  private final Key key;
  private final Ports ports;
  private final EsPort engine;
  private final EsPass pass;
  private final Planning planning;
  private final OperatorMetrics metrics;
  private final Leadership leadership;
  private Optional<StoredEsCluster> stored = Optional.empty();

  Session(
      Key key,
      Connector connector,
      EsDecider decider,
      Clock clock,
      OperatorMetrics metrics,
      Leadership leadership,
      Executor planner) {
    this.key = key;
    this.metrics = metrics;
    this.leadership = leadership;
    this.ports = connector.open(key.access(), key.zoneAttribute(), key.secrets());
    var watched = new WatchedPorts(ports.engine(), ports.hosts(), this);
    this.engine = watched;
    this.pass = new EsPass(decider, watched, watched, clock);
    var maker = new PlanMaker(decider, ports.engine(), Heap::isShort, clock);
    this.planning = new Planning(maker, planner, clock);
  }

  boolean fits(Key wanted) {
    return key.equals(wanted);
  }

  Secrets secrets() {
    return key.secrets();
  }

  /** Makes one pass for the resource. */
  EsPass.Outcome run(
      StoredEsCluster resource, EsPolicy policy, List<EsCluster> all, List<SpotMachine> machines)
      throws StaleWriter {
    stored = Optional.of(resource);
    if (Owners.uuid(resource.current()).isEmpty()) {
      meet(resource);
    }
    var older = Owners.olderThan(resource.current(), all);
    var before = resource.progress();
    var offered = policy.offering(planning.offered(policy));
    var outcome = pass.run(offered, before, older, machines, resource);
    var generation = resource.current().getMetadata().getGeneration();
    planning.consider(policy, before, outcome, generation);
    return outcome;
  }

  /** The plan for what is asked, where one was made. */
  Optional<Planned> planned(EsPolicy policy) {
    return planning.planned(policy);
  }

  /** Duplicates find each other by the UUID in the status, so it is there before anybody acts. */
  private void meet(StoredEsCluster resource) throws StaleWriter {
    var uuid = engine.read(Set.of()).map(ClusterView::uuid);
    if (uuid instanceof Observed.Known<String> known && !"_na_".equals(known.value())) {
      resource.meet(known.value());
    }
  }

  /** The finalizer comes before the first effect that somebody would have to undo. */
  @Override
  public void before(EsAction action) throws PortException {
    if (leadership.isLost()) {
      throw new PortException(PortException.Kind.REFUSED, "another process leads now");
    }
    if (action instanceof EsAction.StartNode || stored.isEmpty()) {
      return;
    }
    try {
      stored.orElseThrow().addFinalizer();
      if (action.disruptive()) {
        stored.orElseThrow().checkUnchanged();
      }
    } catch (StaleWriter stale) {
      throw new PortException(
          PortException.Kind.REFUSED, "the resource changed meanwhile; decided anew", stale);
    }
  }

  @Override
  public void done(EsAction action) {
    acted(action, "ok");
  }

  @Override
  public void failed(EsAction action, PortException failure) {
    acted(action, failure.kind().name());
  }

  private void acted(EsAction action, String outcome) {
    var word = action.getClass().getSimpleName();
    stored.ifPresent(resource -> metrics.acted(resource, word, outcome));
  }

  @Override
  public void close() {
    ports.close();
  }
}
