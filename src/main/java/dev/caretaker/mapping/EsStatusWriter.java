package dev.caretaker.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caretaker.api.EsClusterStatus;
import dev.caretaker.api.EsPlanStatus;
import dev.caretaker.api.StatusCondition;
import dev.caretaker.elastic.EsDecision;
import dev.caretaker.elastic.EsProgress;
import dev.caretaker.elastic.EsSummary;
import dev.caretaker.kernel.Condition;
import dev.caretaker.kernel.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes what was decided into a status. Equal decisions give equal statuses, so that nothing is
 * sent while nothing changes.
 *
 * @param previous the status as it was last read
 * @param spec the spec that counts
 * @param generation of the resource
 * @param now for conditions that change
 */
public record EsStatusWriter(
    EsClusterStatus previous, SpecInForce<EsCare> spec, long generation, Instant now) {
  /** What is saved before acting: the progress, and at first sight that there is more to come. */
  public EsClusterStatus beforeActing(EsProgress progress) {
    return underway(
        previous.clusterUuid(), ReleasedAnswers.write(progress), ProgressCodec.encode(progress));
  }

  /** The status once it is known which cluster this is, before anything was decided. */
  public EsClusterStatus met(String clusterUuid) {
    return underway(Bounded.text(clusterUuid, 100), previous.released(), previous.progress());
  }

  /** The last words about a resource that goes before everything was put back. */
  public EsClusterStatus leftBehind(String sentence) {
    var last = Condition.yes("Stalled", "NotRestored", sentence);
    var conditions = Conditions.with(previous.conditions(), last, generation, now);
    return carriedOver(
        generation, previous.clusterUuid(), previous.released(), previous.progress(), conditions);
  }

  private EsClusterStatus underway(
      @Nullable String clusterUuid,
      @Nullable List<EsClusterStatus.Release> released,
      @Nullable JsonNode progress) {
    var observed = previous.observedGeneration();
    return observed == null
        ? carriedOver(generation, clusterUuid, released, progress, merged(firstLook()))
        : carriedOver(observed, clusterUuid, released, progress, previous.conditions());
  }

  private EsClusterStatus carriedOver(
      long observedGeneration,
      @Nullable String clusterUuid,
      @Nullable List<EsClusterStatus.Release> released,
      @Nullable JsonNode progress,
      @Nullable List<StatusCondition> conditions) {
    return new EsClusterStatus(
        observedGeneration,
        previous.engine(),
        clusterUuid,
        previous.health(),
        previous.serving(),
        previous.nodesInCluster(),
        previous.nodes(),
        previous.shards(),
        previous.holds(),
        previous.operation(),
        previous.blockedBy(),
        previous.window(),
        previous.plan(),
        previous.lastRollout(),
        released,
        progress,
        lastGood(),
        conditions);
  }

  private List<Condition> firstLook() {
    var sentence = "Caretaker has just begun to look at the cluster.";
    var conditions = new ArrayList<>(ownConditions());
    conditions.add(Condition.unknown("Ready", "FirstLook", sentence));
    conditions.add(Condition.yes("Reconciling", "FirstLook", sentence));
    return conditions;
  }

  /**
   * The whole status after a pass.
   *
   * @param plan of what is asked; empty where none was made
   * @param heard whether the queue of notices is read; empty where none is named
   */
  public EsClusterStatus decided(
      EsDecision decision, Optional<Planned> plan, Optional<Condition> heard) {
    var summary = decision.summary();
    var conditions = new ArrayList<>(ownConditions());
    conditions.addAll(decision.conditions());
    heard.ifPresent(conditions::add);
    return new EsClusterStatus(
        generation,
        Bounded.text(summary.engine(), 100),
        // An unreachable cluster keeps its UUID, or its duplicates would be forgotten.
        summary.clusterUuid().isEmpty() ? previous.clusterUuid() : summary.clusterUuid(),
        Bounded.text(summary.health(), 20),
        Bounded.text(summary.serving(), 20),
        nodesInCluster(summary),
        Bounded.list(summary.nodes(), 200).stream().map(EsStatusWriter::node).toList(),
        new TreeMap<>(summary.shards()),
        texts(summary.holds(), 210),
        Bounded.text(summary.operation(), 1000),
        texts(summary.blockedBy(), 50),
        Bounded.text(summary.window(), 60),
        plan(decision, plan),
        RolloutTally.next(
            Optional.ofNullable(previous.lastRollout()),
            Optional.ofNullable(previous.plan()),
            decision,
            now),
        ReleasedAnswers.write(decision.progress()),
        ProgressCodec.encode(decision.progress()),
        lastGood(),
        merged(conditions));
  }

  /** The status of a resource that says nothing usable, and never did: only its problems. */
  public EsClusterStatus refused() {
    var sentence = "The spec has problems and there is no earlier good one; nothing is touched.";
    var conditions = new ArrayList<>(ownConditions());
    conditions.add(Condition.no("Ready", "SpecInvalid", sentence));
    conditions.add(Condition.yes("Stalled", "SpecInvalid", sentence));
    return new EsClusterStatus(
        generation,
        previous.engine(),
        previous.clusterUuid(),
        "unknown",
        "Unknown",
        null,
        List.of(),
        new TreeMap<>(),
        List.of(),
        "",
        List.of(),
        "",
        null,
        previous.lastRollout(),
        previous.released(),
        previous.progress(),
        null,
        merged(conditions));
  }

  /** One that says the same stays as it is, or bytes and seconds would be written all day. */
  private @Nullable EsPlanStatus plan(EsDecision decision, Optional<Planned> made) {
    boolean over = decision.verdict().kind() == Verdict.Kind.SETTLED;
    if (over && decision.progress().rollout().isEmpty()) {
      return null;
    }
    var before = previous.plan();
    var plan = made.map(Planned::status);
    return plan.isEmpty() || Planned.saysTheSame(before, plan.orElseThrow())
        ? before
        : plan.orElseThrow();
  }

  /** What the shell itself knows: whether the spec is usable, and whether it asks for a pause. */
  private List<Condition> ownConditions() {
    var conditions = new ArrayList<Condition>();
    conditions.add(Conditions.specValid(spec));
    var paused = spec.care().filter(care -> care.policy().paused()).isPresent();
    conditions.add(
        paused
            ? Condition.yes("Paused", "Asked", "No disruptive action while spec.paused is true.")
            : Condition.no("Paused", "NotAsked", "spec.paused is not true."));
    return conditions;
  }

  private List<StatusCondition> merged(List<Condition> wanted) {
    return Bounded.list(Conditions.merge(previous.conditions(), wanted, generation, now), 30);
  }

  private @Nullable JsonNode lastGood() {
    return spec.lastGood().orElse(null);
  }

  private static String nodesInCluster(EsSummary summary) {
    var in = summary.nodes().stream().filter(node -> node.state().equals("InCluster")).count();
    return in + "/" + summary.nodes().size();
  }

  private static EsClusterStatus.Node node(EsSummary.NodeLine line) {
    return new EsClusterStatus.Node(
        Bounded.text(line.name(), 255),
        Bounded.text(line.zone(), 255),
        Bounded.text(line.state(), 40),
        line.copies(),
        Bounded.text(line.startedAt(), 40));
  }

  private static List<String> texts(List<String> texts, int most) {
    return Bounded.list(texts, most).stream().map(text -> Bounded.text(text, 100)).toList();
  }
}
