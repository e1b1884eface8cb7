package dev.caretaker.operator;

import dev.caretaker.api.EsRolloutStatus;
import dev.caretaker.kernel.Refusal;
import dev.caretaker.kernel.Verdict;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What Prometheus is told, beside what the Operator SDK tells. */
final class OperatorMetrics {
  private final MeterRegistry registry;
  private final MultiGauge verdicts;
  private final MultiGauge predicted;
  private final MultiGauge took;
  private final Map<Tags, EsRolloutStatus> rollouts = new ConcurrentHashMap<>();
  private final Map<Tags, Tags> current = new ConcurrentHashMap<>();

  OperatorMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.verdicts =
        MultiGauge.builder("caretaker.verdict")
            .description("1 for the verdict of the last pass of each resource")
            .register(registry);
    this.predicted =
        MultiGauge.builder("caretaker.rollout.predicted.seconds")
            .description("What the plan had said of the nodes that the last rollout bounced")
            .register(registry);
    this.took =
        MultiGauge.builder("caretaker.rollout.took.seconds")
            .description("How long sets of the last rollout were under way")
            .register(registry);
  }

  /** What the status says of the last rollout; kept there, so that it outlives the process. */
  void rollout(Stored<?, ?, ?> resource, EsRolloutStatus rollout) {
    if (!rollout.equals(rollouts.put(about(resource.current()), rollout))) {
      publish();
    }
  }

  /** One pass ended with a verdict. */
  void passed(Stored<?, ?, ?> resource, Verdict verdict, Duration took) {
    var about = about(resource.current());
    registry.counter("caretaker.passes", about).increment();
    registry.timer("caretaker.pass.duration", about).record(took);
    for (Refusal refusal : verdict.refusals()) {
      registry.counter("caretaker.refusals", about.and("guard", refusal.guard())).increment();
    }
    var tags = about.and("verdict", verdict.kind().name()).and("reason", verdict.reason().code());
    if (!tags.equals(current.put(about, tags))) {
      publish();
    }
  }

  /** What came of one action. */
  void acted(Stored<?, ?, ?> resource, String action, String outcome) {
    var tags = about(resource.current()).and("action", action).and("outcome", outcome);
    registry.counter("caretaker.actions", tags).increment();
  }

  /** A pass that did not act because somebody else had written. */
  void stale(Stored<?, ?, ?> resource) {
    registry.counter("caretaker.stale.passes", about(resource.current())).increment();
  }

  /** A counter that stands still for ever would look like a resource that nobody looks at. */
  void forget(HasMetadata resource) {
    var about = about(resource);
    registry.getMeters().stream()
        .filter(each -> each.getId().getName().startsWith("caretaker."))
        .filter(each -> about.stream().allMatch(each.getId().getTags()::contains))
        .forEach(registry::remove);
    boolean known = current.remove(about) != null;
    if (rollouts.remove(about) != null || known) {
      publish();
    }
  }

  /** Which resource it is about. */
  static Tags about(HasMetadata resource) {
    var metadata = resource.getMetadata();
    return Tags.of(
        "kind", resource.getKind(), "resource", metadata.getNamespace() + "/" + metadata.getName());
  }

  private synchronized void publish() {
    var rows =
        current.values().stream()
            .map(tags -> MultiGauge.Row.of(tags, () -> 1))
            .collect(Collectors.<MultiGauge.Row<?>>toUnmodifiableList());
    verdicts.register(rows, true);
    predicted.register(seconds(EsRolloutStatus::predictedSeconds), true);
    took.register(seconds(EsRolloutStatus::tookSeconds), true);
  }

  private List<MultiGauge.Row<?>> seconds(Function<EsRolloutStatus, @Nullable Long> which) {
    var rows = new ArrayList<MultiGauge.Row<?>>();
    rollouts.forEach(
        (about, rollout) -> {
          var seconds = which.apply(rollout);
          long shown = seconds == null ? 0 : seconds;
          rows.add(MultiGauge.Row.of(about, () -> shown));
        });
    return rows;
  }
}
