package dev.caretaker.operator;

import dev.caretaker.api.EsCluster;
import dev.caretaker.api.EsClusterStatus;
import dev.caretaker.api.SpotFleet;
import dev.caretaker.api.SpotFleetStatus;
import dev.caretaker.api.StatusCondition;
import dev.caretaker.kernel.Observed;
import dev.caretaker.kernel.Utility;
import dev.caretaker.mapping.EsAccess;
import dev.caretaker.mapping.EsCare;
import dev.caretaker.mapping.FleetCare;
import dev.caretaker.mapping.HostAccess;
import dev.caretaker.mapping.PipelineCare;
import dev.caretaker.mapping.SpecInForce;
import dev.caretaker.pipeline.model.ClusterView;
import dev.caretaker.pipeline.model.FleetView;
import dev.caretaker.pipeline.model.WorkerHost;
import dev.caretaker.pipeline.model.WorkerId;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What SpotFleets and EsClusters say in their status to the EtlPipelines beside them. */
final class PipelineNeighbours {
  /** One node is as good as another; nobody buys them by what a pipeline asks for. */
  private static final Utility NODE = Utility.of("1");

  private static final Set<String> AT_WORK = Set.of("AtWork", "Outgoing");

  private final KubernetesClient client;

  PipelineNeighbours(KubernetesClient client) {
    this.client = client;
  }

  private <R extends CustomResource<?, ?>> Observed<R> read(
      Class<R> type, String namespace, String name) {
    var resource = client.resources(type).inNamespace(namespace).withName(name).get();
    return resource == null
        ? Observed.unknown("there is no %s %s".formatted(type.getSimpleName(), name))
        : Observed.known(resource);
  }

  /** The machines of a pipeline. */
  Observed<FleetView> machines(String namespace, String pipeline, PipelineCare.Machines of) {
    if (of instanceof PipelineCare.OfCluster nodes) {
      return nodes(namespace, nodes);
    }
    var name = ((PipelineCare.OfFleet) of).fleet();
    var fleet = read(SpotFleet.class, namespace, name);
    if (fleet instanceof Observed.Unknown<SpotFleet> unknown) {
      return Observed.unknown(unknown.cause());
    }
    var found = fleet.ifKnown().orElseThrow();
    var care = SpecInForce.of(found).care();
    if (care.map(FleetCare::pipelines).filter(all -> all.contains(pipeline)).isEmpty()) {
      return Observed.unknown(
          "SpotFleet %s does not name this pipeline in spec.demand.pipelines: add {name: %s}"
              .formatted(name, pipeline));
    }
    return Optional.ofNullable(found.getStatus())
        .filter(status -> status.machines() != null && status.utility() != null)
        .map(status -> Observed.known(fleet(status, pipeline, care.get().pipelines().size())))
        .orElseGet(() -> Observed.unknown("SpotFleet " + name + " was not looked at yet"));
  }

  /** What is on its way is for all that share the fleet; each counts on its part. */
  private static FleetView fleet(SpotFleetStatus status, String pipeline, int sharers) {
    var hosts = new ArrayList<WorkerHost>();
    for (var each : orNone(status.machines())) {
      if (each.id() != null && AT_WORK.contains(Objects.toString(each.state()))) {
        hosts.add(
            new WorkerHost(
                new WorkerId(each.id()),
                Optional.ofNullable(each.address()),
                utility(each.utility()),
                pipeline.equals(each.pipeline())));
      }
    }
    var utility = status.utility();
    long pending = utility(utility == null ? null : utility.pending()).thousandths();
    return new FleetView(hosts, new Utility(pending / sharers), limit(status.conditions()));
  }

  private static Utility utility(@Nullable String text) {
    return Optional.ofNullable(text).flatMap(Utility::read).orElse(Utility.ZERO);
  }

  /** Why the fleet gives less than it is asked for. */
  private static Optional<String> limit(@Nullable List<StatusCondition> conditions) {
    return orNone(conditions).stream()
        .filter(each -> "DemandMet".equals(each.type()) && "GivesWay".equals(each.reason()))
        .map(each -> Objects.toString(each.message(), "the fleet gives way"))
        .findFirst();
  }

  private Observed<FleetView> nodes(String namespace, PipelineCare.OfCluster of) {
    var cluster = read(EsCluster.class, namespace, of.cluster());
    var care = cluster.ifKnown().flatMap(each -> SpecInForce.of(each).care());
    if (care.isEmpty()) {
      return Observed.unknown(cause(cluster, of.cluster()));
    }
    var status = cluster.ifKnown().flatMap(each -> Optional.ofNullable(each.getStatus()));
    if (status.map(EsClusterStatus::nodes).isEmpty()) {
      return Observed.unknown("EsCluster " + of.cluster() + " was not looked at yet");
    }
    var addresses = addresses(namespace, care.get());
    var hosts =
        orNone(status.get().nodes()).stream()
            .filter(each -> of.zone().equals(each.zone()) && "InCluster".equals(each.state()))
            .map(each -> Objects.toString(each.name(), ""))
            .map(node -> host(node, addresses))
            .toList();
    return Observed.known(new FleetView(hosts, Utility.ZERO, Optional.empty()));
  }

  private static WorkerHost host(String node, Map<String, String> addresses) {
    var address = Optional.ofNullable(addresses.get(node));
    return new WorkerHost(new WorkerId(node), address, NODE, true);
  }

  /** By the name of the node; a fleet's node has the name of its machine. */
  private Map<String, String> addresses(String namespace, EsCare care) {
    var addresses = new HashMap<String, String>();
    care.policy()
        .fleets()
        .keySet()
        .forEach(
            name ->
                read(SpotFleet.class, namespace, name)
                    .ifKnown()
                    .flatMap(each -> Optional.ofNullable(each.getStatus()))
                    .ifPresent(
                        status ->
                            orNone(status.machines())
                                .forEach(
                                    each -> {
                                      if (each.id() != null && each.address() != null) {
                                        addresses.put(each.id(), each.address());
                                      }
                                    })));
    if (care.access().hosts().orElse(null) instanceof HostAccess.Ssh ssh) {
      ssh.addresses().forEach((node, address) -> addresses.put(node.value(), address));
    }
    return addresses;
  }

  private static String cause(Observed<EsCluster> cluster, String name) {
    return cluster instanceof Observed.Unknown<EsCluster> unknown
        ? unknown.cause()
        : "the spec of EsCluster " + name + " has problems, and there is no earlier good one";
  }

  /** How the cluster of the tables is reached. */
  Observed<EsAccess> access(String namespace, String name) {
    var cluster = read(EsCluster.class, namespace, name);
    return cluster
        .ifKnown()
        .flatMap(each -> SpecInForce.of(each).care())
        .map(care -> Observed.known(care.access()))
        .orElseGet(() -> Observed.unknown(cause(cluster, name)));
  }

  /** What the cluster of the tables says of itself. */
  Observed<ClusterView> cluster(String namespace, String name) {
    var cluster = read(EsCluster.class, namespace, name);
    if (cluster instanceof Observed.Unknown<EsCluster> unknown) {
      return Observed.unknown(unknown.cause());
    }
    var status = cluster.ifKnown().flatMap(each -> Optional.ofNullable(each.getStatus()));
    var serving = status.flatMap(each -> Optional.ofNullable(each.serving())).orElse("Unknown");
    if (!"True".equals(serving) && !"False".equals(serving)) {
      return Observed.unknown("EsCluster " + name + " does not say whether it serves");
    }
    var shards = Optional.ofNullable(status.orElseThrow().shards()).orElse(Map.of());
    boolean recovering =
        shards.getOrDefault("unassigned", 0) > 0 || shards.getOrDefault("initializing", 0) > 0;
    return Observed.known(new ClusterView("True".equals(serving), recovering, Optional.empty()));
  }

  private static <T> List<T> orNone(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }
}
