package dev.caretaker.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caretaker.api.FleetShapes;
import dev.caretaker.api.SpotFleetStatus;
import dev.caretaker.api.StatusCondition;
import dev.caretaker.fleet.FleetDecision;
import dev.caretaker.fleet.FleetProgress;
import dev.caretaker.fleet.FleetSummary;
import dev.caretaker.fleet.ledger.Member;
import dev.caretaker.fleet.ledger.Offer;
import dev.caretaker.fleet.model.FleetView;
import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.fleet.model.MachineView;
import dev.caretaker.fleet.model.ReleaseRequest;
import dev.caretaker.kernel.Condition;
import dev.caretaker.kernel.UsdPerHour;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes what was decided of a fleet into its status. Equal decisions give equal statuses.
 *
 * @param previous the status as it was last read
 * @param spec the spec that counts
 * @param generation of the resource
 * @param now for conditions that change
 */
public record FleetStatusWriter(
    SpotFleetStatus previous, SpecInForce<FleetCare> spec, long generation, Instant now) {
  private static final int MACHINES = FleetShapes.MOST_MACHINES;

  /** What is saved before acting: the progress, and at first sight that there is more to come. */
  public SpotFleetStatus beforeActing(FleetProgress progress) {
    var observed = previous.observedGeneration();
    return carriedOver(
        observed == null ? generation : observed,
        requests(progress),
        FleetProgressCodec.encode(progress),
        observed == null ? merged(firstLook()) : previous.conditions());
  }

  /** The last words about a resource that goes before everything was given back. */
  public SpotFleetStatus leftBehind(String sentence) {
    var last = Condition.yes("Stalled", "NotGivenBack", sentence);
    var conditions = Conditions.with(previous.conditions(), last, generation, now);
    return carriedOver(generation, previous.releaseRequests(), previous.progress(), conditions);
  }

  /** The status of a resource that says nothing usable, and never did: only its problems. */
  public SpotFleetStatus refused() {
    var sentence = "The spec has problems and there is no earlier good one; nothing is touched.";
    return carriedOver(
        generation,
        previous.releaseRequests(),
        previous.progress(),
        merged(
            List.of(
                Condition.no("Ready", "SpecInvalid", sentence),
                Condition.yes("Stalled", "SpecInvalid", sentence))));
  }

  private SpotFleetStatus carriedOver(
      long observedGeneration,
      @Nullable List<SpotFleetStatus.Release> requests,
      @Nullable JsonNode progress,
      @Nullable List<StatusCondition> conditions) {
    return new SpotFleetStatus(
        observedGeneration,
        previous.spendUsdPerHour(),
        previous.exposureUsdPerHour(),
        previous.budgetUsdPerHour(),
        previous.utility(),
        previous.machineCount(),
        previous.machines(),
        requests,
        previous.market(),
        previous.strangers(),
        previous.decisions(),
        previous.nextPurchase(),
        progress,
        spec.lastGood().orElse(null),
        conditions);
  }

  private static List<Condition> firstLook() {
    var sentence = "Caretaker has just begun to look at the fleet.";
    return List.of(
        Condition.unknown("Ready", "FirstLook", sentence),
        Condition.yes("Reconciling", "FirstLook", sentence));
  }

  /**
   * The whole status after a pass. Where the machines could not be read, what was known of them
   * stays: unknown is not empty.
   *
   * @param heard whether notices are heard; empty where the spec names no queue
   * @param shared which EtlPipeline works on which machine
   */
  public SpotFleetStatus decided(
      FleetView view,
      FleetDecision decision,
      Optional<Condition> heard,
      Map<InstanceId, String> shared) {
    var told = new ArrayList<>(decision.conditions());
    heard.ifPresent(told::add);
    var conditions = merged(told);
    var requests = requests(decision.progress());
    var progress = FleetProgressCodec.encode(decision.progress());
    var machines = view.machines().ifKnown();
    if (machines.isEmpty()) {
      return carriedOver(generation, requests, progress, conditions);
    }
    var summary = decision.summary();
    return new SpotFleetStatus(
        generation,
        summary.spend().toString(),
        summary.exposure().toString(),
        spec.care().map(care -> care.policy().budget()).map(UsdPerHour::toString).orElse(null),
        new SpotFleetStatus.Utility(
            summary.running().toString(),
            summary.pending().toString(),
            summary.wanted().toString()),
        summary.members().size(),
        machines(summary, machines.get(), shared),
        requests,
        summary.market().stream().map(FleetStatusWriter::offer).toList(),
        Bounded.list(summary.strangers(), 50).stream().map(InstanceId::value).toList(),
        decisions(decision.progress()),
        Bounded.text(decision.verdict().reason().sentence(), 2000),
        progress,
        spec.lastGood().orElse(null),
        conditions);
  }

  private static List<SpotFleetStatus.Machine> machines(
      FleetSummary summary, Collection<MachineView> seen, Map<InstanceId, String> shared) {
    Map<InstanceId, MachineView> byId =
        seen.stream().collect(Collectors.toMap(MachineView::id, Function.identity(), (a, b) -> a));
    // What is asked for comes first: of what is not listed a cluster lets nothing go.
    var members = new ArrayList<>(summary.members());
    if (members.size() > MACHINES) {
      members.sort(Comparator.comparing(each -> !each.isAskedToGo()));
    }
    return Bounded.list(members, MACHINES).stream()
        .map(each -> machine(each, Optional.ofNullable(byId.get(each.id())), shared))
        .toList();
  }

  private static SpotFleetStatus.Machine machine(
      Member member, Optional<MachineView> seen, Map<InstanceId, String> shared) {
    return new SpotFleetStatus.Machine(
        member.id().value(),
        Bounded.text(member.pool().type().value(), 65),
        Bounded.text(member.pool().zone().value(), 40),
        state(member.standing()),
        member.today().toString(),
        member.utility().toString(),
        seen.flatMap(MachineView::address).orElse(null),
        member.since().toString(),
        seen.flatMap(MachineView::leavesAt).map(Instant::toString).orElse(null),
        shared.get(member.id()));
  }

  /** {@code AT_WORK} as {@code AtWork}. */
  private static String state(Member.Standing standing) {
    var word = new StringBuilder();
    for (var part : standing.name().split("_", -1)) {
      word.append(part.charAt(0)).append(part.substring(1).toLowerCase(Locale.ROOT));
    }
    return word.toString();
  }

  private static List<SpotFleetStatus.Release> requests(FleetProgress progress) {
    return Bounded.list(List.copyOf(progress.releases().values()), MACHINES).stream()
        .map(FleetStatusWriter::request)
        .toList();
  }

  private static SpotFleetStatus.Release request(ReleaseRequest request) {
    return new SpotFleetStatus.Release(
        request.requestId(),
        request.machine().value(),
        request.askedAt().toString(),
        Bounded.text(request.because(), 500));
  }

  private static SpotFleetStatus.Offer offer(Offer offer) {
    return new SpotFleetStatus.Offer(
        offer.pool().type().value(),
        offer.pool().zone().value(),
        offer.quote().today().toString(),
        offer.ceiling().toString(),
        String.format(Locale.ROOT, "%.1f", offer.perDollar()));
  }

  private static List<SpotFleetStatus.Decision> decisions(FleetProgress progress) {
    return progress.decisions().stream()
        .map(
            told ->
                new SpotFleetStatus.Decision(
                    told.at().toString(), Bounded.text(told.reason().sentence(), 1000)))
        .toList();
  }

  private List<StatusCondition> merged(List<Condition> wanted) {
    var all = new ArrayList<Condition>();
    all.add(Conditions.specValid(spec));
    all.addAll(wanted);
    return Bounded.list(Conditions.merge(previous.conditions(), all, generation, now), 30);
  }
}
