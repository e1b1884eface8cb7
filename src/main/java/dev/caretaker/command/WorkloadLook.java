package dev.caretaker.command;

import dev.caretaker.api.EsCluster;
import dev.caretaker.elastic.EsDecider;
import dev.caretaker.elastic.EsProgress;
import dev.caretaker.elastic.guard.Guards;
import dev.caretaker.elastic.handshake.FleetAnswer;
import dev.caretaker.elastic.model.EsView;
import dev.caretaker.elastic.model.SpotMachine;
import dev.caretaker.elastic.model.ZoneName;
import dev.caretaker.elastic.policy.EsPolicy;
import dev.caretaker.fleet.model.FleetId;
import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.fleet.model.ReleaseRequest;
import dev.caretaker.fleet.model.WorkloadView;
import dev.caretaker.kernel.Observed;
import dev.caretaker.mapping.FleetCare;
import dev.caretaker.operator.Causes;
import dev.caretaker.plan.RecordedView;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * What the EsCluster of a fleet would say of its machines. The operator's clusters tell its fleets
 * in memory; whoever plans asks the same rules about a cluster that he reads himself.
 */
final class WorkloadLook {
  private final ClusterReading where;
  private final Map<String, Seen> declared;

  /**
   * A look.
   *
   * @param declared by {@code namespace/name}: the clusters of the files, as they were read
   */
  WorkloadLook(ClusterReading where, Map<String, Seen> declared) {
    this.where = where;
    this.declared = Map.copyOf(declared);
  }

  /** A cluster as it was read, and the policy that counts for it. */
  record Seen(EsPolicy policy, RecordedView view) {}

  /**
   * What it would say; unknown, with the reason, where it cannot be asked or has nothing to say.
   *
   * @param open what the fleet has asked for already
   */
  Observed<WorkloadView> read(
      FleetId fleet,
      FleetCare.Cluster cluster,
      Set<InstanceId> machines,
      SortedMap<InstanceId, ReleaseRequest> open) {
    var name = fleet.namespace() + "/" + cluster.name();
    Optional<Seen> seen;
    try {
      seen = seen(fleet.namespace(), cluster.name());
    } catch (IOException unread) {
      return Observed.unknown(String.valueOf(unread.getMessage()));
    }
    if (seen.isEmpty()) {
      return Observed.unknown(
          "EsCluster "
              + name
              + " is in none of the files, and no API server was named that has it");
    }
    var policy = seen.get().policy();
    var zone = new ZoneName(cluster.zone());
    if (!zone.equals(policy.fleets().get(fleet.name()))) {
      return Observed.unknown(
          "EsCluster %s does not name the fleet %s with zone %s in spec.hosts.fleets"
              .formatted(name, fleet.name(), cluster.zone()));
    }
    return answer(seen.get(), listed(seen.get(), fleet, zone, machines, open))
        .map(said -> view(said, fleet.name(), machines));
  }

  private Optional<Seen> seen(String namespace, String name) throws IOException {
    var found = declared.get(namespace + "/" + name);
    if (found != null || !where.namesAnApiServer()) {
      return Optional.ofNullable(found);
    }
    EsCluster stored;
    try (var client = where.client()) {
      stored = client.resources(EsCluster.class).inNamespace(namespace).withName(name).get();
    } catch (KubernetesClientException e) {
      throw new IOException("the API server cannot be asked: " + Causes.of(e), e);
    }
    if (stored == null) {
      return Optional.empty();
    }
    var care = where.care(stored);
    return Optional.of(new Seen(care.policy(), where.read(stored, care)));
  }

  /** As the fleet's status would list them; those of other fleets as far as they were recorded. */
  private static EsView listed(
      Seen seen,
      FleetId fleet,
      ZoneName zone,
      Set<InstanceId> machines,
      SortedMap<InstanceId, ReleaseRequest> open) {
    var view = seen.view().view();
    var all = new ArrayList<SpotMachine>();
    for (var each : view.machines()) {
      if (!machines.contains(new InstanceId(each.instanceId()))) {
        all.add(each);
      }
    }
    for (var machine : machines) {
      var request = Optional.ofNullable(open.get(machine)).map(ReleaseRequest::requestId);
      all.add(
          SpotMachine.ofFleet(
              fleet.name(),
              machine.value(),
              zone,
              Optional.empty(),
              request,
              Optional.empty(),
              Optional.empty()));
    }
    return new EsView(
        view.readAt(), view.cluster(), view.serving(), view.processes(), view.otherOwners(), all);
  }

  private static Observed<FleetAnswer> answer(Seen seen, EsView view) {
    return new EsDecider(Guards.standard())
        .decide(seen.policy(), view, EsProgress.NONE, List.of(), view.readAt())
        .fleet();
  }

  private static WorkloadView view(FleetAnswer said, String fleet, Set<InstanceId> machines) {
    return new WorkloadView(
        those(said.atWork(), machines),
        Set.of(),
        those(said.releasing(), machines),
        said.leastMachines().getOrDefault(fleet, Integer.MAX_VALUE));
  }

  private static Set<InstanceId> those(Set<String> said, Set<InstanceId> machines) {
    var ids = new TreeSet<InstanceId>();
    said.forEach(each -> ids.add(new InstanceId(each)));
    ids.retainAll(machines);
    return ids;
  }
}
