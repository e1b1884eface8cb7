package dev.caretaker.operator;

import dev.caretaker.api.SpotFleet;
import dev.caretaker.api.SpotFleetStatus;
import dev.caretaker.elastic.EsDecision;
import dev.caretaker.elastic.handshake.FleetAnswer;
import dev.caretaker.elastic.handshake.Released;
import dev.caretaker.elastic.model.SpotMachine;
import dev.caretaker.elastic.model.ZoneName;
import dev.caretaker.elastic.policy.EsPolicy;
import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.fleet.model.WorkloadView;
import dev.caretaker.mapping.FleetCare;
import dev.caretaker.mapping.SpecInForce;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What EsClusters and SpotFleets tell each other: a cluster reads its machines, and which of them
 * are asked for or announced, in the status of their fleets; a fleet hears what came of it.
 */
final class FleetMachines {
  private final KubernetesClient client;
  private final Workloads workloads;
  private final BiConsumer<String, String> wakeFleet;

  /**
   * Between the resources of one API server.
   *
   * @param wakeFleet has a fleet looked at, by namespace and name
   */
  FleetMachines(
      KubernetesClient client, Workloads workloads, BiConsumer<String, String> wakeFleet) {
    this.client = client;
    this.workloads = workloads;
    this.wakeFleet = wakeFleet;
  }

  /** What was read, and which fleets were not found to belong to the cluster. */
  record Read(List<SpotMachine> machines, List<String> problems) {}

  /** The machines of the fleets that a cluster names and that name it. */
  Read read(StoredEsCluster cluster, EsPolicy policy) {
    var metadata = cluster.current().getMetadata();
    var machines = new ArrayList<SpotMachine>();
    var problems = new ArrayList<String>();
    policy
        .fleets()
        .forEach(
            (name, zone) -> {
              var fleet =
                  client
                      .resources(SpotFleet.class)
                      .inNamespace(metadata.getNamespace())
                      .withName(name)
                      .get();
              if (fleet == null) {
                problems.add("there is no SpotFleet " + name);
              } else if (isFor(fleet, metadata.getName(), zone)) {
                machines.addAll(machines(name, fleet.getStatus(), zone));
              } else {
                problems.add(
                    "SpotFleet %s does not say workload.esCluster: {name: %s, zone: %s}"
                        .formatted(name, metadata.getName(), zone));
              }
            });
    return new Read(machines, problems);
  }

  private static boolean isFor(SpotFleet fleet, String cluster, ZoneName zone) {
    return SpecInForce.of(fleet)
        .care()
        .flatMap(FleetCare::cluster)
        .filter(each -> each.name().equals(cluster) && each.zone().equals(zone.value()))
        .isPresent();
  }

  private static List<SpotMachine> machines(
      String fleet, @Nullable SpotFleetStatus status, ZoneName zone) {
    if (status == null) {
      return List.of();
    }
    Map<String, String> requests = new HashMap<>();
    for (var each : orNone(status.releaseRequests())) {
      if (each.instanceId() != null && each.requestId() != null) {
        requests.put(each.instanceId(), each.requestId());
      }
    }
    var machines = new ArrayList<SpotMachine>();
    for (var each : orNone(status.machines())) {
      if (each.id() != null) {
        machines.add(
            SpotMachine.ofFleet(
                fleet,
                each.id(),
                zone,
                Optional.ofNullable(each.address()),
                Optional.ofNullable(requests.get(each.id())),
                time(each.launchedAt()),
                time(each.leavesAt())));
      }
    }
    return machines;
  }

  private static <T> List<T> orNone(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }

  private static Optional<Instant> time(@Nullable String text) {
    try {
      return Optional.ofNullable(text).map(Instant::parse);
    } catch (DateTimeException odd) {
      return Optional.empty();
    }
  }

  /** Tells the fleets what a pass made of their machines; after it was saved. */
  void tell(StoredEsCluster cluster, EsPolicy policy, EsDecision decision) {
    var metadata = cluster.current().getMetadata();
    decision
        .fleet()
        .ifKnown()
        .ifPresent(
            answer ->
                policy
                    .fleets()
                    .forEach(
                        (name, zone) -> {
                          var said = view(answer, name, decision.progress().released());
                          var to = new FleetCare.Cluster(metadata.getName(), zone.value());
                          if (workloads.say(metadata.getNamespace(), name, to, said)) {
                            wakeFleet.accept(metadata.getNamespace(), name);
                          }
                        }));
  }

  private static WorkloadView view(
      FleetAnswer answer, String fleet, Collection<Released> released) {
    var gone = released.stream().map(each -> new InstanceId(each.instanceId()));
    return new WorkloadView(
        ids(answer.atWork()),
        gone.collect(Collectors.toSet()),
        ids(answer.releasing()),
        answer.leastMachines().getOrDefault(fleet, Integer.MAX_VALUE));
  }

  private static Set<InstanceId> ids(Set<String> texts) {
    return texts.stream().map(InstanceId::new).collect(Collectors.toSet());
  }

  /** A cluster says nothing any more. */
  void forget(String namespace, String cluster) {
    workloads.forget(namespace, cluster);
  }
}
