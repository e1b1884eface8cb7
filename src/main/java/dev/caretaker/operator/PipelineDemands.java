package dev.caretaker.operator;

import dev.caretaker.api.EtlPipeline;
import dev.caretaker.api.EtlPipelineStatus;
import dev.caretaker.api.SpotFleetStatus;
import dev.caretaker.fleet.FleetSummary;
import dev.caretaker.fleet.ledger.Member;
import dev.caretaker.fleet.model.DemandView;
import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.kernel.Observed;
import dev.caretaker.kernel.Reason;
import dev.caretaker.kernel.Utility;
import dev.caretaker.mapping.FleetCare;
import dev.caretaker.mapping.PipelineCare;
import dev.caretaker.mapping.PipelinePolicyParser;
import dev.caretaker.mapping.SpecInForce;
import dev.caretaker.pipeline.demand.PipelineDemand;
import dev.caretaker.pipeline.demand.Sharing;
import dev.caretaker.pipeline.demand.Sharing.Claim;
import dev.caretaker.pipeline.model.PipelineId;
import dev.caretaker.pipeline.model.WorkerId;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What EtlPipelines ask a SpotFleet for, read in their status, and which of its machines each of
 * them works on. The fleet's status says the latter, so that one writer decides it.
 */
final class PipelineDemands {
  private final KubernetesClient client;
  private final BiConsumer<String, String> wakePipeline;

  /**
   * Between the resources of one API server.
   *
   * @param wakePipeline has a pipeline looked at, by namespace and name
   */
  PipelineDemands(KubernetesClient client, BiConsumer<String, String> wakePipeline) {
    this.client = client;
    this.wakePipeline = wakePipeline;
  }

  /**
   * What was read.
   *
   * @param demand of all of them; unknown where none of them says anything
   * @param claims one for each that said something
   * @param unfit machines that some of them cannot use, with those
   */
  record Asked(
      Observed<DemandView> demand,
      List<Claim> claims,
      SortedMap<InstanceId, Set<PipelineId>> unfit) {}

  /** What the pipelines that a fleet names ask it for; the last that each said counts. */
  Asked read(StoredSpotFleet fleet, FleetCare care) {
    var metadata = fleet.current().getMetadata();
    var claims = new ArrayList<Claim>();
    var unfit = new TreeMap<InstanceId, Set<PipelineId>>();
    var problems = new ArrayList<String>();
    for (var name : care.pipelines()) {
      var pipeline = pipeline(metadata.getNamespace(), name);
      var claim = pipeline.flatMap(PipelineDemands::claim);
      if (pipeline.isEmpty()) {
        problems.add("there is no EtlPipeline " + name + ": take it out of spec.demand.pipelines");
      } else if (!worksOn(pipeline.get(), metadata.getName())) {
        problems.add(
            "EtlPipeline %s does not say workers.fleet: {name: %s}"
                .formatted(name, metadata.getName()));
      } else if (claim.isEmpty()) {
        problems.add("EtlPipeline " + name + " has not said yet what it needs");
      } else {
        claims.add(claim.get());
        unfit(pipeline.get())
            .forEach(
                id ->
                    unfit.computeIfAbsent(id, each -> new HashSet<>()).add(claim.get().pipeline()));
      }
    }
    Observed<DemandView> demand =
        claims.isEmpty()
            ? Observed.unknown(String.join("; ", problems))
            : Observed.known(demand(claims, problems, unfit, fleet.status()));
    return new Asked(demand, claims, unfit);
  }

  /**
   * A machine that one pipeline cannot use may serve another one: only what nobody works on is
   * replaced. Who works where stands in the fleet's status.
   */
  private static DemandView demand(
      List<Claim> claims,
      List<String> problems,
      SortedMap<InstanceId, Set<PipelineId>> unfit,
      SpotFleetStatus status) {
    var owners = owners(status);
    var replaced = new TreeMap<InstanceId, String>();
    unfit.forEach(
        (id, by) -> {
          if (!owners.containsKey(id)) {
            var names = by.stream().map(PipelineId::name).sorted();
            replaced.put(id, "EtlPipeline " + names.collect(Collectors.joining(", ")));
          }
        });
    var said = Sharing.total(claims.stream().map(Claim::demand).toList());
    return new DemandView(said.plus(heldBySilent(claims, status)), problems, replaced);
  }

  /** Utility of the machines of those who do not say what they need. */
  private static Utility heldBySilent(List<Claim> claims, SpotFleetStatus status) {
    var speaking = claims.stream().map(each -> each.pipeline().name()).toList();
    return Optional.ofNullable(status.machines()).orElse(List.of()).stream()
        .filter(each -> each.pipeline() != null && !speaking.contains(each.pipeline()))
        .flatMap(each -> Optional.ofNullable(each.utility()).flatMap(Utility::read).stream())
        .reduce(Utility.ZERO, Utility::plus);
  }

  /** Has the pipelines of a fleet looked at. */
  void wake(StoredSpotFleet fleet, FleetCare care) {
    var namespace = fleet.current().getMetadata().getNamespace();
    care.pipelines().forEach(name -> wakePipeline.accept(namespace, name));
  }

  private Optional<EtlPipeline> pipeline(String namespace, String name) {
    return Optional.ofNullable(
        client.resources(EtlPipeline.class).inNamespace(namespace).withName(name).get());
  }

  private static boolean worksOn(EtlPipeline pipeline, String fleet) {
    return SpecInForce.of(pipeline)
        .care()
        .flatMap(PipelineCare::fleet)
        .filter(fleet::equals)
        .isPresent();
  }

  private static Optional<Claim> claim(EtlPipeline pipeline) {
    return Optional.ofNullable(pipeline.getStatus())
        .flatMap(PipelineDemands::demand)
        .map(demand -> new Claim(PipelinePolicyParser.id(pipeline), demand));
  }

  private static Optional<PipelineDemand> demand(EtlPipelineStatus status) {
    var demand = status.demand();
    if (demand == null || demand.utility() == null) {
      return Optional.empty();
    }
    var because = new Reason("Said", Objects.toString(demand.because(), ""));
    var queue = status.queue();
    var expiresAt = time(queue == null ? null : queue.expiresAt());
    return Utility.read(demand.utility())
        .map(utility -> new PipelineDemand(utility, because, expiresAt));
  }

  private static List<InstanceId> unfit(EtlPipeline pipeline) {
    var workers = Optional.ofNullable(pipeline.getStatus()).map(EtlPipelineStatus::workers);
    return workers.map(EtlPipelineStatus.Workers::replace).orElse(List.of()).stream()
        .map(InstanceId::new)
        .toList();
  }

  private static Optional<Instant> time(@Nullable String text) {
    try {
      return Optional.ofNullable(text).map(Instant::parse);
    } catch (DateTimeException odd) {
      return Optional.empty();
    }
  }

  /**
   * Which pipeline works on which machine from now on. One that is not known to ask for anything
   * keeps what it has: that might be what it needs.
   *
   * @param before the status that says who works where now
   */
  Map<InstanceId, String> share(Asked asked, FleetSummary summary, SpotFleetStatus before) {
    var owners = owners(before);
    if (asked.demand().ifKnown().isEmpty()) {
      return owners;
    }
    var shared = new TreeMap<InstanceId, String>();
    var byName = new HashMap<String, PipelineId>();
    asked.claims().forEach(each -> byName.put(each.pipeline().name(), each.pipeline()));
    for (var each : summary.members()) {
      var owner = owners.get(each.id());
      if (owner != null && !byName.containsKey(owner)) {
        shared.put(each.id(), owner);
      }
    }
    var machines =
        summary.members().stream()
            .filter(each -> works(each, asked) && !shared.containsKey(each.id()))
            .map(
                each ->
                    new Sharing.Machine(
                        new WorkerId(each.id().value()),
                        each.utility(),
                        Optional.ofNullable(owners.get(each.id())).map(byName::get),
                        asked.unfit().getOrDefault(each.id(), Set.of())))
            .toList();
    Sharing.of(machines, asked.claims())
        .forEach((worker, owner) -> shared.put(new InstanceId(worker.value()), owner.name()));
    return shared;
  }

  /** Nobody begins to work on a machine that goes because others cannot use it. */
  private static boolean works(Member member, Asked asked) {
    return member.standing() == Member.Standing.AT_WORK
        || (member.standing() == Member.Standing.OUTGOING
            && !asked.unfit().containsKey(member.id()));
  }

  private static Map<InstanceId, String> owners(SpotFleetStatus status) {
    var owners = new TreeMap<InstanceId, String>();
    for (var each : Optional.ofNullable(status.machines()).orElse(List.of())) {
      if (each.id() != null && each.pipeline() != null) {
        owners.put(new InstanceId(each.id()), each.pipeline());
      }
    }
    return owners;
  }
}
