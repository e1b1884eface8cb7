package dev.caretaker.operator;

import dev.caretaker.api.EsCluster;
import dev.caretaker.api.SpotFleet;
import dev.caretaker.mapping.EsCare;
import dev.caretaker.mapping.SpecInForce;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Who of an API server may own a machine that a queue speaks of. */
final class Audience {
  private final KubernetesClient client;
  private final Set<String> namespaces;
  private final Notices notices;

  /**
   * Of one API server.
   *
   * @param namespaces the only ones that are watched, and may be read; none: all
   */
  Audience(KubernetesClient client, Set<String> namespaces, Notices notices) {
    this.client = client;
    this.namespaces = namespaces;
    this.notices = notices;
  }

  /** Has all of them expected, before the first message is read: an unclaimed one is deleted. */
  void gather() {
    notices.expect(Notices.Kind.FLEET, fleets(all(SpotFleet.class)));
    clusters(all(EsCluster.class)).forEach(notices::expect);
  }

  private <R extends CustomResource<?, ?>> List<R> all(Class<R> type) {
    var resources = client.resources(type);
    return namespaces.isEmpty()
        ? resources.inAnyNamespace().list().getItems()
        : namespaces.stream()
            .flatMap(each -> resources.inNamespace(each).list().getItems().stream())
            .toList();
  }

  /** Those of the fleets whose spec can be read, or could be. */
  static Set<Notices.Owner> fleets(List<SpotFleet> all) {
    var owners = new HashSet<Notices.Owner>();
    for (var each : all) {
      SpecInForce.of(each).care().ifPresent(care -> owners.add(owner(each, care.region())));
    }
    return owners;
  }

  private static Set<Notices.Owner> clusters(List<EsCluster> all) {
    var owners = new HashSet<Notices.Owner>();
    for (var each : all) {
      SpecInForce.of(each)
          .care()
          .flatMap(EsCare::listed)
          .ifPresent(listed -> owners.add(owner(each, listed.region())));
    }
    return owners;
  }

  static Notices.Owner owner(SpotFleet fleet, String region) {
    var metadata = fleet.getMetadata();
    return new Notices.Owner(
        Notices.Kind.FLEET, region, metadata.getNamespace(), metadata.getName());
  }

  static Notices.Owner owner(EsCluster cluster, String region) {
    var metadata = cluster.getMetadata();
    return new Notices.Owner(
        Notices.Kind.CLUSTER, region, metadata.getNamespace(), metadata.getName());
  }
}
