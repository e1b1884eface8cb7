package dev.caretaker.elastic.policy;

import dev.caretaker.elastic.model.Allocation;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.Routing;
import dev.caretaker.elastic.model.SpotMachine;
import dev.caretaker.elastic.model.ZoneName;
import dev.caretaker.kernel.Observed;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What one EsCluster asks for, validated, with every default applied.
 *
 * @param owner {@code namespace/name/uid}: who signs the mark
 * @param adopt an earlier owner whose mark may be taken over; empty where none is named
 * @param zoneAttribute the node attribute that names a node's zone
 * @param hosts the nodes whose processes can be stopped and started, with their zones
 * @param fleets the SpotFleets whose machines are nodes of the cluster, with the zone of each
 * @param paused no disruptive action; observing and restoring go on
 * @param deleting the resource is going away: restore, then let it go
 */
public record EsPolicy(
    String owner,
    Optional<String> adopt,
    String zoneAttribute,
    List<ZonePolicy> zones,
    SortedMap<NodeName, Optional<ZoneName>> hosts,
    SortedMap<String, ZoneName> fleets,
    RolloutPolicy rollout,
    AllocationPolicy allocation,
    boolean paused,
    boolean deleting,
    ReadyWhen readyWhen) {

  /** How healthy a cluster must be to be called ready. */
  public enum ReadyWhen {
    YELLOW,
    GREEN
  }

  /** Whether the machines of a zone may vanish. */
  public enum Risk {
    RELIABLE,
    RISKY
  }

  /** What to do with a value on our keys that somebody else wrote. */
  public enum Conflicts {
    REPORT,
    TAKE_OVER
  }

  /** A zone; {@code copies} is how many of each shard it should hold, 0 where nothing is said. */
  public record ZonePolicy(ZoneName name, Risk risk, int copies) {}

  /** The declared baseline: what holds when no procedure holds anything. */
  public record AllocationPolicy(
      Allocation enable,
      SortedSet<NodeName> excludeNodes,
      SortedSet<ZoneName> excludeZones,
      Conflicts conflicts) {
    public AllocationPolicy {
      excludeNodes = Collections.unmodifiableSortedSet(new TreeSet<>(excludeNodes));
      excludeZones = Collections.unmodifiableSortedSet(new TreeSet<>(excludeZones));
    }
  }

  public EsPolicy {
    zones = List.copyOf(zones);
    hosts = Collections.unmodifiableSortedMap(new TreeMap<>(hosts));
    fleets = Collections.unmodifiableSortedMap(new TreeMap<>(fleets));
  }

  /** The same wish, without anything that would disturb, for a resource that is going away. */
  public EsPolicy leaving() {
    var nothing =
        new AllocationPolicy(
            Allocation.ALL, new TreeSet<>(), new TreeSet<>(), allocation.conflicts());
    return new EsPolicy(
        owner,
        adopt,
        zoneAttribute,
        zones,
        hosts,
        fleets,
        rollout.withdrawn(),
        nothing,
        paused,
        true,
        readyWhen);
  }

  /** The same wish, paused. */
  public EsPolicy still() {
    return new EsPolicy(
        owner,
        adopt,
        zoneAttribute,
        zones,
        hosts,
        fleets,
        rollout,
        allocation,
        true,
        deleting,
        readyWhen);
  }

  /** The same wish as another owner's, for a plan that is made without the resource. */
  public EsPolicy ownedBy(String other) {
    return new EsPolicy(
        other,
        adopt,
        zoneAttribute,
        zones,
        hosts,
        fleets,
        rollout,
        allocation,
        paused,
        deleting,
        readyWhen);
  }

  /** The same wish with another way to say that it may begin. */
  public EsPolicy with(Approval approval) {
    return new EsPolicy(
        owner,
        adopt,
        zoneAttribute,
        zones,
        hosts,
        fleets,
        rollout.with(approval),
        allocation,
        paused,
        deleting,
        readyWhen);
  }

  /** The same wish where these machines of fleets are hosts as well. */
  public EsPolicy withHosts(Collection<SpotMachine> machines) {
    var all = new TreeMap<>(hosts);
    machines.forEach(each -> all.put(each.node(), Optional.of(each.zone())));
    return new EsPolicy(
        owner,
        adopt,
        zoneAttribute,
        zones,
        all,
        fleets,
        rollout,
        allocation,
        paused,
        deleting,
        readyWhen);
  }

  /** The same wish where this plan could be approved. */
  public EsPolicy offering(Optional<Observed<PlanCover>> plan) {
    return with(rollout.approval().offering(plan));
  }

  /** The risks that are accepted by name now, one sentence each. */
  public List<String> risks(Instant now) {
    return AcceptedRisks.of(this, now);
  }

  /** Names that the rollout selects and {@code hosts} does not have. */
  public SortedSet<NodeName> selectedButUnlisted() {
    var unlisted = new TreeSet<>(rollout.selectNodes());
    unlisted.removeAll(hosts.keySet());
    return unlisted;
  }

  public Routing baseline() {
    return Routing.baseline(
        allocation.enable(), allocation.excludeNodes(), allocation.excludeZones());
  }

  public boolean reliable(ZoneName zone) {
    return zones.stream()
        .anyMatch(each -> each.name().equals(zone) && each.risk() == Risk.RELIABLE);
  }

  public boolean hasRiskyZone() {
    return zones.stream().anyMatch(each -> each.risk() == Risk.RISKY);
  }

  public boolean hasReliableZone() {
    return zones.stream().anyMatch(each -> each.risk() == Risk.RELIABLE);
  }

  /**
   * On which terms a node may be stopped, in one word that changes exactly when a person changes
   * them: where copies must stand, which zones are reliable, what is accepted.
   */
  public String terms() {
    var reliable = zones.stream().filter(each -> each.risk() == Risk.RELIABLE).toList();
    var accepted =
        rollout.accept().stream()
            .map(each -> each.structural() + " " + each.indices() + " until " + each.until())
            .toList();
    var all = rollout.shelter() + " in " + reliable + " accepting " + accepted;
    return Integer.toHexString(all.hashCode());
  }

  /**
   * What is asked, in one line that changes exactly when a person asks something else; {@code
   * caretaker release} leaves it in the cluster, and nothing new starts while it is the same.
   */
  public String request() {
    return "restartedAt="
        + rollout.restartedAt().map(Object::toString).orElse("-")
        + " excludeNodes="
        + allocation.excludeNodes()
        + " excludeZones="
        + allocation.excludeZones();
  }
}
