package dev.caretaker.operator;

import dev.caretaker.api.SpotFleet;
import dev.caretaker.fleet.FleetDecider;
import dev.caretaker.fleet.model.MachineView;
import dev.caretaker.fleet.policy.FleetPolicy;
import dev.caretaker.fleet.policy.FleetPolicy.Deletion;
import dev.caretaker.mapping.FleetCare;
import dev.caretaker.pass.FleetPass;
import dev.caretaker.pass.ProgressStore.StaleWriter;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** What is done each time a SpotFleet is looked at. */
final class SpotFleetCare extends Care<SpotFleet, StoredSpotFleet> {
  /** Machines without data go at once; longer than this EC2 does not do it. */
  private static final Duration GIVE_BACK_WITHIN = Duration.ofHours(1);

  /** Their cluster has to be drained first, one machine after the other. */
  private static final Duration DRAIN_WITHIN = Duration.ofDays(1);

  private final KubernetesClient client;
  private final Markets markets;
  private final Workloads workloads;
  private final Notices notices;
  private final QueueReaders readers;
  private final BiConsumer<String, String> wakeCluster;
  private final PipelineDemands pipelines;
  private final FleetDecider decider;
  private final FleetMetrics fleetMetrics;
  private final Map<String, Open> sessions = new ConcurrentHashMap<>();

  /**
   * Cares for the SpotFleets of one API server.
   *
   * @param wakeCluster has an EsCluster looked at, by namespace and name
   * @param pipelines what EtlPipelines ask for
   */
  SpotFleetCare(
      KubernetesClient client,
      Markets markets,
      Workloads workloads,
      Notices notices,
      QueueReaders readers,
      BiConsumer<String, String> wakeCluster,
      PipelineDemands pipelines,
      FleetDecider decider,
      Clock clock,
      OperatorMetrics metrics,
      FleetMetrics fleetMetrics,
      Leadership leadership) {
    super(clock, metrics, leadership, new Telling(new Events(client, clock)));
    this.notices = notices;
    this.readers = readers;
    this.wakeCluster = wakeCluster;
    this.pipelines = pipelines;
    this.client = client;
    this.markets = markets;
    this.workloads = workloads;
    this.decider = decider;
    this.fleetMetrics = fleetMetrics;
  }

  /** A session, and what it was opened for. */
  private record Open(String region, Optional<FleetCare.Cluster> cluster, FleetSession session) {}

  /**
   * Makes one pass.
   *
   * @param fresh read after our own last write
   * @param all the SpotFleets that are known: each may own what a queue announces
   * @return when to look again; empty where only a change of the resource can make a difference
   */
  Optional<Duration> look(SpotFleet fresh, List<SpotFleet> all) {
    var stored = new StoredSpotFleet(client, clock, fresh);
    notices.expect(Notices.Kind.FLEET, Audience.fleets(all));
    return look(stored, stored.spec().care().map(care -> () -> pass(stored, care)));
  }

  private Optional<Duration> pass(StoredSpotFleet stored, FleetCare care) throws StaleWriter {
    var queue = care.queue().map(name -> new QueueReaders.Key(care.region(), name));
    readers.names(stored.uid(), queue);
    boolean leaving = stored.deletedAt().isPresent();
    var policy = leaving ? care.leaving().policy() : care.policy();
    var began = clock.instant();
    var demands = pipelines.read(stored, care);
    var outcome = session(stored, care).run(stored, policy, demands.demand());
    var verdict = outcome.decision().verdict();
    metrics.passed(stored, verdict, Duration.between(began, clock.instant()));
    fleetMetrics.passed(stored, policy, outcome);
    telling.decision(stored, outcome);
    var asked = stored.asks();
    var gave = stored.gives();
    var shared = pipelines.share(demands, outcome.decision().summary(), stored.status());
    stored.finish(outcome, queue.map(readers::heard), shared);
    if (!gave.equals(stored.gives())) {
      pipelines.wake(stored, care);
    }
    if (!asked.equals(stored.asks())) {
      var namespace = stored.current().getMetadata().getNamespace();
      care.cluster().ifPresent(cluster -> wakeCluster.accept(namespace, cluster.name()));
    }
    outcome
        .view()
        .machines()
        .ifKnown()
        .ifPresent(
            machines ->
                noteOwned(
                    Audience.owner(stored.current(), care.region()), began, policy, machines));
    finalizer(stored, policy, outcome);
    if (leaving && stored.hasFinalizer()) {
      return leave(stored, verdict.reason().sentence());
    }
    return Optional.of(verdict.lookAgainIn());
  }

  /** Only now, when what came of their notices is saved. */
  private void noteOwned(
      Notices.Owner owner, Instant began, FleetPolicy policy, List<MachineView> machines) {
    var own =
        machines.stream()
            .filter(each -> each.isAlive() && each.belongsTo(policy.id().uid()))
            .map(MachineView::id)
            .collect(Collectors.toSet());
    notices.lookedAt(owner, began, own);
  }

  /** A fleet that takes its machines with it stays until they are gone. */
  private static void finalizer(
      StoredSpotFleet stored, FleetPolicy policy, FleetPass.Outcome outcome) throws StaleWriter {
    var decision = outcome.decision();
    boolean owns =
        !decision.summary().members().isEmpty() || !decision.progress().pending().isEmpty();
    if (decision.ended() || policy.deletion() == Deletion.ORPHAN) {
      stored.removeFinalizer();
    } else if (owns) {
      stored.addFinalizer();
    }
  }

  @Override
  Duration leaveWithin(StoredSpotFleet stored) {
    var cluster = stored.spec().care().flatMap(FleetCare::cluster);
    return cluster.isPresent() ? DRAIN_WITHIN : GIVE_BACK_WITHIN;
  }

  @Override
  String remedy() {
    return "Look for machines with the tag caretaker.dev/fleet or caretaker.dev/purchase, and"
        + " terminate what is left";
  }

  @Override
  void forget(SpotFleet gone) {
    var metadata = gone.getMetadata();
    sessions.remove(metadata.getUid());
    readers.names(metadata.getUid(), Optional.empty());
    notices.forget(Notices.Kind.FLEET, metadata.getNamespace(), metadata.getName());
    fleetMetrics.forget(gone);
    super.forget(gone);
  }

  @Override
  void close() {
    sessions.clear();
    readers.close();
  }

  private FleetSession session(StoredSpotFleet stored, FleetCare care) {
    var open = sessions.get(stored.uid());
    if (open == null
        || !open.region().equals(care.region())
        || !open.cluster().equals(care.cluster())) {
      var metadata = stored.current().getMetadata();
      var workload = workloads.of(metadata.getNamespace(), metadata.getName(), care.cluster());
      var market = markets.in(care.region());
      var session = new FleetSession(decider, market, notices, workload, leadership, clock);
      open = new Open(care.region(), care.cluster(), session);
      sessions.put(stored.uid(), open);
    }
    return open.session();
  }
}
