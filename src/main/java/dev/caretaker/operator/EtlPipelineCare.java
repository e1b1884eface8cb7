package dev.caretaker.operator;

import dev.caretaker.api.EtlPipeline;
import dev.caretaker.kernel.Observed;
import dev.caretaker.mapping.EsAccess;
import dev.caretaker.mapping.PipelineCare;
import dev.caretaker.pass.PipelinePass;
import dev.caretaker.pass.ProgressStore.StaleWriter;
import dev.caretaker.pipeline.PipelineDecider;
import dev.caretaker.pipeline.action.PipelineOutcome;
import dev.caretaker.pipeline.model.QueueView;
import dev.caretaker.pipeline.policy.PipelinePolicy;
import dev.caretaker.pipeline.policy.PipelinePolicy.Deletion;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** What is done each time an EtlPipeline is looked at. */
final class EtlPipelineCare extends Care<EtlPipeline, StoredEtlPipeline> {
  /** SQS shows an empty queue within a minute; what holds messages by then stays. */
  private static final Duration DELETE_WITHIN = Duration.ofMinutes(30);

  private final KubernetesClient client;
  private final PipelineConnector connector;
  private final PipelineNeighbours neighbours;
  private final BiConsumer<String, String> wakeFleet;
  private final PipelineDecider decider;
  private final PipelineMetrics pipelineMetrics;
  private final SecretReader secretReader;
  private final Map<String, PipelineSession> sessions = new ConcurrentHashMap<>();

  /**
   * Cares for the EtlPipelines of one API server.
   *
   * @param wakeFleet has a SpotFleet looked at, by namespace and name
   */
  EtlPipelineCare(
      KubernetesClient client,
      PipelineConnector connector,
      BiConsumer<String, String> wakeFleet,
      PipelineDecider decider,
      Clock clock,
      OperatorMetrics metrics,
      PipelineMetrics pipelineMetrics,
      Leadership leadership) {
    super(clock, metrics, leadership, new Telling(new Events(client, clock)));
    this.client = client;
    this.connector = connector;
    this.neighbours = new PipelineNeighbours(client);
    this.wakeFleet = wakeFleet;
    this.decider = decider;
    this.pipelineMetrics = pipelineMetrics;
    this.secretReader = new SecretReader(client);
  }

  /**
   * Makes one pass.
   *
   * @param fresh read after our own last write
   * @param all the EtlPipelines that are known, to find duplicates
   * @return when to look again; empty where only a change of the resource can make a difference
   */
  Optional<Duration> look(EtlPipeline fresh, List<EtlPipeline> all) {
    var stored = new StoredEtlPipeline(client, clock, fresh);
    return look(stored, stored.spec().care().map(care -> () -> pass(stored, care, all)));
  }

  private Optional<Duration> pass(
      StoredEtlPipeline stored, PipelineCare wanted, List<EtlPipeline> all) throws StaleWriter {
    boolean leaving = stored.deletedAt().isPresent();
    var care = leaving ? wanted.leaving() : wanted;
    var namespace = stored.current().getMetadata().getNamespace();
    var began = clock.instant();
    var session = session(stored, care);
    var mappings = session.mappings().read(namespace, care.mappings());
    tellMappings(stored, mappings);
    var outcome = session.run(stored, care, mappings, neighbours, all);
    var verdict = outcome.decision().verdict();
    metrics.passed(stored, verdict, Duration.between(began, clock.instant()));
    outcome.outcomes().forEach(each -> acted(stored, each));
    pipelineMetrics.passed(stored.current(), care.policy(), outcome);
    telling.decision(stored, outcome);
    var asked = stored.asks();
    stored.finish(outcome);
    if (!asked.equals(stored.asks())) {
      care.fleet().ifPresent(fleet -> wakeFleet.accept(namespace, fleet));
    }
    finalizer(stored, care.policy(), outcome);
    if (leaving && stored.hasFinalizer()) {
      return leave(stored, verdict.reason().sentence());
    }
    return Optional.of(verdict.lookAgainIn());
  }

  private void acted(StoredEtlPipeline stored, PipelineOutcome outcome) {
    var action = outcome.action().getClass().getSimpleName();
    metrics.acted(stored, action, outcome instanceof PipelineOutcome.Failed ? "failed" : "ok");
  }

  private void tellMappings(StoredEtlPipeline stored, Mappings.Read mappings) {
    if (mappings.problems().isEmpty()) {
      telling.over(stored, "MappingUnread");
    } else {
      telling.warning(stored, "MappingUnread", String.join("; ", mappings.problems().values()));
    }
  }

  /** A pipeline that takes its queue with it stays until that is gone, or holds something. */
  private static void finalizer(
      StoredEtlPipeline stored, PipelinePolicy policy, PipelinePass.Outcome outcome)
      throws StaleWriter {
    if (outcome.decision().ended() || policy.deletion() == Deletion.ORPHAN) {
      stored.removeFinalizer();
    } else if (!policy.deleting() && mayOwn(policy, outcome)) {
      stored.addFinalizer();
    }
  }

  /** Which of them Caretaker made is asked when they are deleted: their tags say so. */
  private static boolean mayOwn(PipelinePolicy policy, PipelinePass.Outcome outcome) {
    boolean queue =
        outcome.view().queue().ifKnown().flatMap(each -> each).map(QueueView::backlog).isPresent();
    return (policy.queue().create() && queue) || policy.buckets().containsValue(true);
  }

  @Override
  Duration leaveWithin(StoredEtlPipeline stored) {
    return DELETE_WITHIN;
  }

  @Override
  String remedy() {
    return "Look for queues and buckets with the tag caretaker.dev/pipeline, and delete what is"
        + " left";
  }

  @Override
  void forget(EtlPipeline gone) {
    var session = sessions.remove(gone.getMetadata().getUid());
    if (session != null) {
      session.close();
    }
    pipelineMetrics.forget(gone);
    super.forget(gone);
  }

  @Override
  void close() {
    sessions.values().forEach(PipelineSession::close);
    sessions.clear();
  }

  private PipelineSession session(StoredEtlPipeline stored, PipelineCare care) {
    var open = sessions.get(stored.uid());
    var known = open == null ? Secrets.NONE : open.secrets();
    var namespace = stored.current().getMetadata().getNamespace();
    Observed<EsAccess> tables =
        care.tablesIn()
            .map(name -> neighbours.access(namespace, name))
            .orElseGet(() -> Observed.unknown("the spec names no tables"));
    var wanted =
        Stream.concat(
                tables.ifKnown().map(EsAccess::engineSecrets).orElse(List.of()).stream(),
                care.access().way().secrets().stream())
            .distinct()
            .toList();
    var secrets = secretReader.read(namespace, wanted, known);
    var key = new PipelineSession.Key(care.region(), engineOnly(tables), care.access(), secrets);
    if (open != null && open.fits(key)) {
      return open;
    }
    if (open != null) {
      open.close();
    }
    var mappings = open == null ? new Mappings(client) : open.mappings();
    var opened = new PipelineSession(key, connector, mappings, decider, clock, leadership);
    sessions.put(stored.uid(), opened);
    return opened;
  }

  /** How the cluster's machines are reached is nothing to a pipeline. */
  private static Observed<EsAccess> engineOnly(Observed<EsAccess> access) {
    return access.map(
        each ->
            new EsAccess(
                each.endpoints(),
                each.credentialsSecret(),
                each.caSecret(),
                each.probeIndex(),
                each.probeTimeout(),
                Optional.empty()));
  }
}
