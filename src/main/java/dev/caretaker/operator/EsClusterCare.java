package dev.caretaker.operator;

import dev.caretaker.api.EsCluster;
import dev.caretaker.elastic.EsDecider;
import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.Mark;
import dev.caretaker.mapping.EsCare;
import dev.caretaker.pass.EsPass;
import dev.caretaker.pass.ProgressStore.StaleWriter;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** What is done each time an EsCluster is looked at; knows nothing of the Operator SDK. */
final class EsClusterCare {
  /** A deletion must end, even where the cluster is gone for good. */
  private static final Duration RESTORE_WITHIN = Duration.ofMinutes(10);

  private static final Duration SOON = Duration.ofSeconds(1);

  /** An edit wakes us at once; this is for a schema that was changed. */
  private static final Duration UNTIL_SOMEBODY_EDITS = Duration.ofMinutes(1);

  private static final int UNPROCESSABLE = 422;

  private final KubernetesClient client;
  private final Connector connector;
  private final EsDecider decider;
  private final Clock clock;
  private final OperatorMetrics metrics;
  private final Leadership leadership;
  private final Executor planner;
  private final Telling telling;
  private final SecretReader secretReader;
  private final Map<String, Session> sessions = new ConcurrentHashMap<>();

  /**
   * Cares for the EsClusters of one API server.
   *
   * @param planner makes plans beside the passes
   */
  EsClusterCare(
      KubernetesClient client,
      Connector connector,
      EsDecider decider,
      Clock clock,
      OperatorMetrics metrics,
      Leadership leadership,
      Executor planner) {
    this.client = client;
    this.connector = connector;
    this.decider = decider;
    this.clock = clock;
    this.metrics = metrics;
    this.leadership = leadership;
    this.planner = planner;
    this.telling = new Telling(new Events(client, clock));
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
    if (leadership.isLost()) {
      return Optional.empty();
    }
    var stored = new StoredEsCluster(client, clock, fresh);
    if (stored.deletedAt().isPresent() && !stored.hasFinalizer()) {
      forget(fresh);
      return Optional.empty();
    }
    try {
      var care = stored.spec().care();
      return care.isPresent() ? pass(stored, care.orElseThrow(), all) : refuse(stored);
    } catch (StaleWriter stale) {
      metrics.stale(stored.name());
      return Optional.of(SOON);
    } catch (KubernetesClientException refused) {
      return refusedByServer(stored, refused);
    }
  }

  /** Types that the schema never had: the server takes no status for them, from nobody. */
  private Optional<Duration> refusedByServer(
      StoredEsCluster stored, KubernetesClientException refused) {
    if (refused.getCode() != UNPROCESSABLE) {
      throw refused;
    }
    telling.warning(
        stored,
        "StatusRefused",
        "Nothing is done before this is right: " + Causes.ofRefusal(refused));
    return Optional.of(UNTIL_SOMEBODY_EDITS);
  }

  /** Closes what was open for a resource that is gone. */
  void forget(EsCluster gone) {
    var session = sessions.remove(gone.getMetadata().getUid());
    if (session != null) {
      session.close();
    }
    telling.forget(gone);
    metrics.forget(gone.getMetadata().getNamespace() + "/" + gone.getMetadata().getName());
  }

  void close() {
    sessions.values().forEach(Session::close);
    sessions.clear();
  }

  private Optional<Duration> refuse(StoredEsCluster stored) throws StaleWriter {
    stored.refuse();
    tellProblems(stored);
    if (stored.deletedAt().isPresent()) {
      return leave(stored, "the spec cannot be used, so the cluster was not looked at");
    }
    return Optional.empty();
  }

  private Optional<Duration> pass(StoredEsCluster stored, EsCare care, List<EsCluster> all)
      throws StaleWriter {
    var leaving = stored.deletedAt().isPresent();
    var policy = leaving ? care.policy().leaving() : care.policy();
    tellProblems(stored);
    var began = clock.instant();
    var session = session(stored, care);
    var outcome = session.run(stored, policy, all);
    var decision = outcome.decision();
    metrics.passed(stored.name(), decision.verdict(), Duration.between(began, clock.instant()));
    telling.decision(stored, decision, outcome.refusedNow());
    var before = stored.rollout();
    stored.finish(decision, session.planned(policy));
    stored.rollout().ifPresent(rollout -> metrics.rollout(stored.name(), rollout));
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

  /** Lets go at the deadline, and says what could not be undone. */
  private Optional<Duration> leave(StoredEsCluster stored, String left) throws StaleWriter {
    Instant deadline = stored.deletedAt().orElseThrow().plus(RESTORE_WITHIN);
    if (clock.instant().isBefore(deadline)) {
      return Optional.of(Duration.ofSeconds(5));
    }
    var sentence =
        "Gone without restoring after "
            + RESTORE_WITHIN.toMinutes()
            + " minutes: "
            + left
            + ". Lift what is left by hand with: caretaker release";
    telling.warning(stored, "NotRestored", sentence);
    stored.leaveBehind(sentence);
    stored.removeFinalizer();
    return Optional.empty();
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

  private void tellProblems(StoredEsCluster stored) {
    if (stored.spec().valid()) {
      telling.over(stored, "SpecInvalid");
    } else {
      telling.warning(stored, "SpecInvalid", String.join("; ", stored.spec().problems()));
    }
  }

  private Session session(StoredEsCluster stored, EsCare care) {
    var open = sessions.get(stored.uid());
    var known = open == null ? Secrets.NONE : open.secrets();
    var namespace = stored.current().getMetadata().getNamespace();
    var secrets = secretReader.read(namespace, care.access().secrets(), known);
    var key = new Session.Key(care.access(), care.policy().zoneAttribute(), secrets);
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
