package dev.caretaker.operator;

import dev.caretaker.fleet.FleetSummary;
import dev.caretaker.fleet.action.FleetOutcome;
import dev.caretaker.fleet.ledger.Member;
import dev.caretaker.fleet.ledger.Member.Standing;
import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.fleet.model.PurchaseError;
import dev.caretaker.fleet.policy.FleetPolicy;
import dev.caretaker.pass.FleetPass;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** What Prometheus is told of fleets: money, utility, purchases and interruptions. */
final class FleetMetrics {
  private final MeterRegistry registry;
  private final MultiGauge usd;
  private final MultiGauge utility;
  private final MultiGauge machines;
  private final MultiGauge excess;
  private final Map<Tags, Shown> shown = new ConcurrentHashMap<>();

  FleetMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.usd = gauge("usd.per.hour", "What a fleet spends, may spend, and is exposed to");
    this.utility = gauge("utility", "Utility of a fleet: at work, on its way, wanted");
    this.machines = gauge("machines", "Machines of a fleet, by how they stand");
    this.excess =
        gauge("over.budget", "1 while more is spent than the budget, by what outranks it");
  }

  private record Shown(FleetPolicy policy, FleetSummary summary) {}

  private MultiGauge gauge(String name, String description) {
    return MultiGauge.builder("caretaker.fleet." + name)
        .description(description)
        .register(registry);
  }

  /** One pass ended. Where it saw nothing, the last numbers stay. */
  void passed(StoredSpotFleet fleet, FleetPolicy policy, FleetPass.Outcome outcome) {
    var about = OperatorMetrics.about(fleet.current());
    begin(about);
    outcome.outcomes().forEach(each -> count(about, each));
    if (outcome.view().machines().ifKnown().isEmpty()) {
      return;
    }
    var now = new Shown(policy, outcome.decision().summary());
    var before = shown.put(about, now);
    if (before != null) {
      var news = doomed(now);
      news.removeAll(doomed(before));
      registry.counter("caretaker.fleet.interruptions", about).increment(news.size());
    }
    if (!now.equals(before)) {
      publish();
    }
  }

  void forget(HasMetadata gone) {
    if (shown.remove(OperatorMetrics.about(gone)) != null) {
      publish();
    }
  }

  /** One that first comes with a one in it is no increase to Prometheus, and raises no alert. */
  private void begin(Tags about) {
    registry.counter("caretaker.fleet.purchases", about);
    registry.counter("caretaker.fleet.interruptions", about);
    for (var kind : PurchaseError.Kind.values()) {
      registry.counter("caretaker.fleet.purchase.errors", about.and("error", kind.name()));
    }
  }

  private void count(Tags about, FleetOutcome outcome) {
    if (outcome instanceof FleetOutcome.Answered answered) {
      var answer = answered.answer();
      registry.counter("caretaker.fleet.purchases", about).increment(answer.bought().size());
      for (var error : answer.errors()) {
        var kind = about.and("error", error.kind().name());
        registry.counter("caretaker.fleet.purchase.errors", kind).increment();
      }
    } else if (outcome instanceof FleetOutcome.Failed failed) {
      var action = failed.action().getClass().getSimpleName();
      registry.counter("caretaker.fleet.failed.calls", about.and("action", action)).increment();
    }
  }

  private static Set<InstanceId> doomed(Shown shown) {
    return shown.summary().members().stream()
        .filter(each -> each.standing() == Standing.DOOMED)
        .map(Member::id)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private synchronized void publish() {
    register(
        usd,
        "what",
        (fleet, row) -> {
          row.accept("spend", fleet.summary().spend().dollars());
          row.accept("exposure", fleet.summary().exposure().dollars());
          row.accept("budget", fleet.policy().budget().dollars());
        });
    register(
        utility,
        "what",
        (fleet, row) -> {
          row.accept("running", fleet.summary().running().amount());
          row.accept("pending", fleet.summary().pending().amount());
          row.accept("wanted", fleet.summary().wanted().amount());
        });
    register(
        machines,
        "standing",
        (fleet, row) ->
            fleet.summary().members().stream()
                .collect(Collectors.groupingBy(Member::standing, Collectors.counting()))
                .forEach((standing, count) -> row.accept(standing.name(), count.doubleValue())));
    register(
        excess,
        "because",
        (fleet, row) ->
            fleet.summary().excess().ifPresent(because -> row.accept(because.name(), 1.0)));
  }

  private void register(
      MultiGauge gauge, String tag, BiConsumer<Shown, BiConsumer<String, Double>> read) {
    List<MultiGauge.Row<?>> rows = new ArrayList<>();
    shown.forEach(
        (about, fleet) ->
            read.accept(
                fleet,
                (word, value) -> rows.add(MultiGauge.Row.of(about.and(tag, word), () -> value))));
    gauge.register(rows, true);
  }
}
