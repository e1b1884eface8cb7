package dev.caretaker.operator;

import dev.caretaker.api.EsRolloutStatus;
import dev.caretaker.elastic.action.EsAction;
import dev.caretaker.kernel.Refusal;
import dev.caretaker.kernel.Verdict;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tag;
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
  private final Map<String, EsRolloutStatus> rollouts = new ConcurrentHashMap<>();
  private final Map<String, Tags> current = new ConcurrentHashMap<>();

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
  void rollout(String resource, EsRolloutStatus rollout) {
    if (!rollout.equals(rollouts.put(resource, rollout))) {
      publish();
    }
  }

  /** One pass ended with a verdict. */
  void passed(String resource, Verdict verdict, Duration took) {
    registry.counter("caretaker.passes", "resource", resource).increment();
    registry.timer("caretaker.pass.duration", "resource", resource).record(took);
    for (Refusal refusal : verdict.refusals()) {
      registry
          .counter("caretaker.refusals", "resource", resource, "guard", refusal.guard())
          .increment();
    }
    var tags =
        Tags.of(
            Tag.of("resource", resource),
            Tag.of("verdict", verdict.kind().name()),
            Tag.of("reason", verdict.reason().code()));
    if (!tags.equals(current.put(resource, tags))) {
      publish();
    }
  }

  void acted(String resource, EsAction action, String outcome) {
    registry
        .counter(
            "caretaker.actions",
            "resource",
            resource,
            "action",
            action.getClass().getSimpleName(),
            "outcome",
            outcome)
        .increment();
  }

  /** A pass that did not act because somebody else had written. */
  void stale(String resource) {
    registry.counter("caretaker.stale.passes", "resource", resource).increment();
  }

  /** A counter that stands still for ever would look like a resource that nobody looks at. */
  void forget(String resource) {
    registry.getMeters().stream()
        .filter(each -> each.getId().getName().startsWith("caretaker."))
        .filter(each -> resource.equals(each.getId().getTag("resource")))
        .forEach(registry::remove);
    boolean known = current.remove(resource) != null;
    if (rollouts.remove(resource) != null || known) {
      publish();
    }
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
        (resource, rollout) -> {
          var seconds = which.apply(rollout);
          long shown = seconds == null ? 0 : seconds;
          rows.add(MultiGauge.Row.of(Tags.of("resource", resource), () -> shown));
        });
    return rows;
  }
}
