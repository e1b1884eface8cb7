package dev.caretaker.operator;

import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.fleet.model.WorkloadView;
import dev.caretaker.kernel.Observed;
import dev.caretaker.mapping.FleetCare;
import dev.caretaker.port.WorkloadPort;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What EsClusters say of the machines of fleets. It stands in memory, since it is worth nothing
 * once it is old: after a start it is unknown until the cluster was looked at.
 */
final class Workloads {
  private static final Duration OLD = Duration.ofMinutes(2);

  private final Clock clock;
  private final Map<Key, Said> said = new ConcurrentHashMap<>();

  Workloads(Clock clock) {
    this.clock = clock;
  }

  /** A cluster speaks of the fleets that it names: of others it has not seen the machines. */
  private record Key(String namespace, String fleet, FleetCare.Cluster cluster) {}

  private record Said(Instant at, WorkloadView view) {}

  /** A cluster was looked at; whether it says something else of this fleet than before. */
  boolean say(String namespace, String fleet, FleetCare.Cluster cluster, WorkloadView view) {
    var before = said.put(new Key(namespace, fleet, cluster), new Said(clock.instant(), view));
    return before == null || !before.view().equals(view);
  }

  /** A cluster is not looked at any more. */
  void forget(String namespace, String cluster) {
    said.keySet()
        .removeIf(
            each -> each.namespace().equals(namespace) && each.cluster().name().equals(cluster));
  }

  /** What a cluster says of a fleet's machines. */
  WorkloadPort of(String namespace, String fleet, Optional<FleetCare.Cluster> cluster) {
    return machines ->
        cluster
            .map(each -> read(new Key(namespace, fleet, each), machines))
            .orElseGet(() -> Observed.unknown("there is none"));
  }

  private Observed<WorkloadView> read(Key key, Set<InstanceId> machines) {
    var last = said.get(key);
    if (last == null || last.at().plus(OLD).isBefore(clock.instant())) {
      return Observed.unknown(
          "EsCluster %s in %s has not said for two minutes what is at work in its zone %s: is there"
                  .formatted(key.cluster().name(), key.namespace(), key.cluster().zone())
              + " such a resource, can its cluster be read, and does it name this fleet in"
              + " spec.hosts.fleets?");
    }
    var view = last.view();
    return Observed.known(
        new WorkloadView(
            those(view.atWork(), machines),
            those(view.released(), machines),
            those(view.releasing(), machines),
            view.leastMachines()));
  }

  private static Set<InstanceId> those(Set<InstanceId> said, Set<InstanceId> asked) {
    var both = new TreeSet<>(said);
    both.retainAll(asked);
    return both;
  }
}
