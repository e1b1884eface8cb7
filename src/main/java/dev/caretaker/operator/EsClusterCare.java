package dev.caretaker.operator;

import dev.caretaker.api.EsCluster;
import dev.caretaker.elastic.EsDecider;
import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.Mark;
import dev.caretaker.elastic.policy.EsPolicy;
import dev.caretaker.mapping.EsAccess;
import dev.caretaker.mapping.EsCare;
import dev.caretaker.pass.EsPass;
import dev.caretaker.pass.ProgressStore.StaleWriter;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** What is done each time an EsCluster is looked at. */
final class EsClusterCare extends Care<EsCluster, StoredEsCluster> {
  private static final Duration RESTORE_WITHIN = Duration.ofMinutes(10);

  private final KubernetesClient client;
  private final Connector connector;
  private final EsDecider decider;
  private final Executor planner;
  private final FleetMachines fleetMachines;
  private final ListedNotices listed;
  private final SecretReader secretReader;
  private final Map<String, Session> sessions = new ConcurrentHashMap<>();

  /**
   * Cares for the EsClusters of one API server.
   *
   * @param planner makes plans beside the passes
   * @param fleetMachines where fleets and clusters hear of each other
   * @param listed what is announced of machines that clusters list themselves
   */
  EsClusterCare(
      KubernetesClient client,
      Connector connector,
      EsDecider decider,
      Clock clock,
      OperatorMetrics metrics,
      Leadership leadership,
      Executor planner,
      FleetMachines fleetMachines,
      ListedNotices listed) {
    super(clock, metrics, leadership, new Telling(new Events(client, clock)));
    this.client = client;
    this.connector = connector;
    this.decider = decider;
    this.planner = planner;
    this.fleetMachines = fleetMachines;
    this.listed = listed;
    this.secretReader = new SecretReader(client);
  }

  /**
   * Makes one pass.
   *
   * @param fresh read after our own last write
   * @param all the EsClusters that are known, to find duplicates
   * @return when to look again; empty where only a change of the resource can make a difference
   */
  Optional<Duration> look(EsCluster fresh, List<EsCluster> all) {
    var stored = new StoredEsCluster(client, clock, fresh);
    return look(stored, stored.spec().care().map(care -> () -> pass(stored, care, all)));
  }

  @Override
  void forget(EsCluster gone) {
    var session = sessions.remove(gone.getMetadata().getUid());
    if (session != null) {
      session.close();
    }
    var metadata = gone.getMetadata();
    fleetMachines.forget(metadata.getNamespace(), metadata.getName());
    listed.forget(metadata.getUid(), metadata.getNamespace(), metadata.getName());
    super.forget(gone);
  }

  @Override
  void close() {
    sessions.values().forEach(Session::close);
    sessions.clear();
  }

  private Optional<Duration> pass(StoredEsCluster stored, EsCare care, List<EsCluster> all)
      throws StaleWriter {
    var leaving = stored.deletedAt().isPresent();
    var policy = leaving ? care.policy().leaving() : care.policy();
    var began = clock.instant();
    var fleets = fleetMachines.read(stored, policy);
    tellFleets(stored, fleets.problems());
    var session = session(stored, care.access().reaching(fleets.machines()), policy);
    var machines = new ArrayList<>(fleets.machines());
    machines.addAll(listed.of(stored, care));
    var outcome = session.run(stored, policy, all, machines);
    var decision = outcome.decision();
    metrics.passed(stored, decision.verdict(), Duration.between(began, clock.instant()));
    telling.decision(stored, decision, outcome.refusedNow());
    var before = stored.rollout();
    stored.finish(decision, session.planned(policy), listed.heard(care));
    listed.passed(stored, care, began);
    fleetMachines.tell(stored, policy, decision);
    stored.rollout().ifPresent(rollout -> metrics.rollout(stored, rollout));
    telling.rollout(stored, before);
    if (decision.restored()) {
      stored.removeFinalizer();
    } else if (holdsSomething(outcome, stored)) {
      stored.addFinalizer();
    }
    if (leaving && stored.hasFinalizer()) {
      return leave(stored, left(outcome));
    }
    return Optional.of(decision.verdict().lookAgainIn());
  }

  private void tellFleets(StoredEsCluster stored, List<String> problems) {
    if (problems.isEmpty()) {
      telling.over(stored, "FleetUnknown");
    } else {
      telling.warning(stored, "FleetUnknown", String.join("; ", problems));
    }
  }

  @Override
  Duration leaveWithin(StoredEsCluster stored) {
    return RESTORE_WITHIN;
  }

  @Override
  String remedy() {
    return "Lift what is left by hand with: caretaker release";
  }

  private static String left(EsPass.Outcome outcome) {
    var holds = outcome.decision().summary().holds();
    var stopped = outcome.view().cleanlyStopped();
    return outcome.decision().verdict().reason().sentence()
        + (holds.isEmpty() ? "" : "; holds " + holds)
        + (stopped.isEmpty() ? "" : "; stopped nodes " + stopped);
  }

  /** A mark of ours needs the finalizer even where the one who wrote it lost it. */
  private static boolean holdsSomething(EsPass.Outcome outcome, StoredEsCluster stored) {
    return outcome.view().cluster().ifKnown().flatMap(ClusterView::mark).map(Mark::owner).stream()
        .anyMatch(stored.owner()::equals);
  }

  private Session session(StoredEsCluster stored, EsAccess access, EsPolicy policy) {
    var open = sessions.get(stored.uid());
    var known = open == null ? Secrets.NONE : open.secrets();
    var namespace = stored.current().getMetadata().getNamespace();
    var secrets = secretReader.read(namespace, access.secrets(), known);
    var key = new Session.Key(access, policy.zoneAttribute(), secrets);
    if (open != null && open.fits(key)) {
      return open;
    }
    if (open != null) {
      open.close();
    }
    var opened = new Session(key, connector, decider, clock, metrics, leadership, planner);
    sessions.put(stored.uid(), opened);
    return opened;
  }
}
