package dev.caretaker.operator;

import dev.caretaker.api.EsRolloutStatus;
import dev.caretaker.elastic.EsDecision;
import dev.caretaker.elastic.action.RefusedAction;
import dev.caretaker.fleet.action.FleetOutcome;
import dev.caretaker.kernel.Verdict;
import dev.caretaker.pass.FleetPass;
import dev.caretaker.pass.PipelinePass;
import dev.caretaker.pipeline.action.PipelineOutcome;
import dev.caretaker.plan.PlanWords;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One log line and one event for each change of what is said about a resource. */
final class Telling {
  private static final Logger LOG = LoggerFactory.getLogger(Telling.class);

  private final Events events;

  /** What was said last about each resource, by topic. */
  private final Map<String, Map<String, String>> said = new ConcurrentHashMap<>();

  Telling(Events events) {
    this.events = events;
  }

  void decision(StoredEsCluster about, EsDecision decision, List<RefusedAction> refused) {
    verdict(about, decision.verdict(), words(decision.actions()));
    for (var each : refused) {
      failed(about, each.action(), each.sentence());
    }
  }

  /** Each purchase and removal with its arithmetic; the verdict where nothing was decided. */
  void decision(StoredSpotFleet about, FleetPass.Outcome outcome) {
    var decision = outcome.decision();
    var told =
        decision.progress().decisions().stream()
            .filter(each -> each.at().equals(outcome.view().readAt()))
            .toList();
    for (var each : told) {
      LOG.info(
          "SpotFleet {}: {} ({})", about.name(), each.reason().sentence(), each.reason().code());
      events.normal(about.current(), each.reason().code(), each.reason().sentence());
    }
    if (told.isEmpty()) {
      verdict(about, decision.verdict(), words(decision.actions()));
    }
    for (var each : outcome.outcomes()) {
      if (each instanceof FleetOutcome.Failed failed) {
        failed(about, failed.action(), failed.sentence());
      }
    }
  }

  /** The verdict, and what did not succeed. */
  void decision(StoredEtlPipeline about, PipelinePass.Outcome outcome) {
    verdict(about, outcome.decision().verdict(), words(outcome.decision().actions()));
    for (var each : outcome.outcomes()) {
      if (each instanceof PipelineOutcome.Failed failed) {
        failed(about, failed.action(), failed.sentence());
      }
    }
  }

  private void verdict(Stored<?, ?, ?> about, Verdict verdict, List<String> actions) {
    var code = verdict.reason().code();
    if (news(about, "verdict", verdict.kind() + " " + code + " " + actions)) {
      var sentence = verdict.reason().sentence();
      LOG.info(
          "{} {}: {} ({}, {}) {}",
          about.current().getKind(),
          about.name(),
          sentence,
          code,
          verdict.kind(),
          actions);
      if (verdict.kind() == Verdict.Kind.BLOCKED) {
        events.warning(about.current(), code, sentence);
      } else {
        events.normal(about.current(), code, sentence);
      }
    }
  }

  private void failed(Stored<?, ?, ?> about, Object action, String sentence) {
    warning(about, "ActionFailed", word(action) + " did not succeed: " + sentence);
  }

  /**
   * Says what a rollout took that has just ended; nothing of one that was withdrawn at once.
   *
   * @param before what the status said of it before
   */
  void rollout(StoredEsCluster about, Optional<EsRolloutStatus> before) {
    var rollout = about.rollout().filter(each -> each.endedAt() != null);
    if (rollout.isEmpty() || rollout.equals(before)) {
      return;
    }
    var ended = rollout.orElseThrow();
    if (ended.nodes() == null || ended.nodes().isEmpty()) {
      return;
    }
    var sentence =
        "%d nodes bounced in %s, predicted %s"
            .formatted(
                ended.nodes().size(), time(ended.tookSeconds()), time(ended.predictedSeconds()));
    LOG.info("EsCluster {}: {} (RolloutDone)", about.name(), sentence);
    events.normal(about.current(), "RolloutDone", sentence);
  }

  private static String time(@Nullable Long seconds) {
    return PlanWords.time(Duration.ofSeconds(seconds == null ? 0 : seconds));
  }

  /** Says something that is not a verdict, once while it stays the same. */
  void warning(Stored<?, ?, ?> about, String reason, String sentence) {
    if (news(about, reason, sentence)) {
      LOG.warn("{} {}: {} ({})", about.current().getKind(), about.name(), sentence, reason);
      events.warning(about.current(), reason, sentence);
    }
  }

  /** Says that something is over, so that it is news when it comes again. */
  void over(Stored<?, ?, ?> about, String topic) {
    of(about).remove(topic);
  }

  void forget(HasMetadata resource) {
    said.remove(resource.getMetadata().getUid());
  }

  private boolean news(Stored<?, ?, ?> about, String topic, String what) {
    return !what.equals(of(about).put(topic, what));
  }

  private Map<String, String> of(Stored<?, ?, ?> about) {
    return said.computeIfAbsent(about.uid(), uid -> new ConcurrentHashMap<>());
  }

  private static List<String> words(List<?> actions) {
    return actions.stream().map(Telling::word).distinct().toList();
  }

  private static String word(Object action) {
    return action.getClass().getSimpleName();
  }
}
