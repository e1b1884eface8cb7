package dev.caretaker.operator;

import dev.caretaker.api.EsCluster;
import dev.caretaker.api.SpotFleet;
import dev.caretaker.mapping.EsCare;
import dev.caretaker.mapping.SpecInForce;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Who of an API server may own a machine that a queue speaks of. */
final class Audience {
  private final KubernetesClient client;
  private final Notices notices;

  Audience(KubernetesClient client, Notices notices) {
    this.client = client;
    this.notices = notices;
  }

  /** Has all of them expected, before the first message is read: an unclaimed one is deleted. */
  void gather() {
    var fleets = client.resources(SpotFleet.class).inAnyNamespace().list().getItems();
    var clusters = client.resources(EsCluster.class).inAnyNamespace().list().getItems();
    notices.expect(Notices.Kind.FLEET, fleets(fleets));
    clusters(clusters).forEach(notices::expect);
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
