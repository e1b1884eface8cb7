package dev.caretaker.testkit;

import dev.caretaker.elastic.model.Allocation;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.ZoneName;
import dev.caretaker.elastic.policy.Approval;
import dev.caretaker.elastic.policy.EsPolicy;
import dev.caretaker.elastic.policy.EsPolicy.AllocationPolicy;
import dev.caretaker.elastic.policy.EsPolicy.Conflicts;
import dev.caretaker.elastic.policy.EsPolicy.ReadyWhen;
import dev.caretaker.elastic.policy.EsPolicy.Risk;
import dev.caretaker.elastic.policy.EsPolicy.ZonePolicy;
import dev.caretaker.elastic.policy.PlanCover;
import dev.caretaker.elastic.policy.RolloutPolicy;
import dev.caretaker.elastic.policy.RolloutPolicy.Acceptance;
import dev.caretaker.elastic.policy.RolloutPolicy.Shelter;
import dev.caretaker.elastic.policy.RolloutPolicy.Structural;
import dev.caretaker.elastic.policy.Window;
import dev.caretaker.kernel.Observed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The care of {@link ACluster}: zone backup is reliable, zone spot risky, nothing is asked. */
public final class APolicy {
  public static final String OWNER = "data/main/uid-1";

  private final TreeMap<NodeName, Optional<ZoneName>> hosts = new TreeMap<>();
  private final TreeMap<String, ZoneName> fleets = new TreeMap<>();
  private final List<ZonePolicy> zones = new ArrayList<>();
  private final Set<ZoneName> selectZones = new HashSet<>();
  private final Set<NodeName> selectNodes = new HashSet<>();
  private final TreeSet<NodeName> excludeNodes = new TreeSet<>();
  private final TreeSet<ZoneName> excludeZones = new TreeSet<>();
  private final List<Acceptance> accept = new ArrayList<>();
  private String owner = OWNER;
  private Optional<String> adopt = Optional.empty();
  private String zoneAttribute = "zone";
  private Optional<Instant> restartedAt = Optional.empty();
  private Shelter shelter = Shelter.REQUIRED;
  private int maxUnavailable = 1;
  private Allocation enable = Allocation.ALL;
  private Conflicts conflicts = Conflicts.REPORT;
  private List<Window> windows = List.of();
  private Approval approval = Approval.AUTOMATIC;
  private boolean paused = false;
  private boolean deleting = false;

  private APolicy() {
    for (var name : List.of("backup1", "backup2", "spot1", "spot2", "spot3")) {
      host(name, name.replaceAll("\\d", ""));
    }
    zones.add(new ZonePolicy(new ZoneName("backup"), Risk.RELIABLE, 1));
    zones.add(new ZonePolicy(new ZoneName("spot"), Risk.RISKY, 1));
  }

  public static APolicy aPolicy() {
    return new APolicy();
  }

  public APolicy host(String name, String zone) {
    hosts.put(new NodeName(name), Optional.of(new ZoneName(zone)));
    return this;
  }

  public APolicy withoutHost(String name) {
    hosts.remove(new NodeName(name));
    return this;
  }

  public APolicy fleet(String name, String zone) {
    fleets.put(name, new ZoneName(zone));
    return this;
  }

  public APolicy withoutFleet(String name) {
    fleets.remove(name);
    return this;
  }

  public APolicy withoutZones() {
    zones.clear();
    hosts.replaceAll((name, zone) -> Optional.empty());
    return this;
  }

  public APolicy owner(String other) {
    owner = other;
    return this;
  }

  public APolicy adopt(String earlier) {
    adopt = Optional.of(earlier);
    return this;
  }

  public APolicy zoneAttribute(String attribute) {
    zoneAttribute = attribute;
    return this;
  }

  public APolicy restartedAt(Instant at) {
    restartedAt = Optional.of(at);
    return this;
  }

  public APolicy reverted() {
    restartedAt = Optional.empty();
    return this;
  }

  public APolicy select(String... names) {
    for (var name : names) {
      selectNodes.add(new NodeName(name));
    }
    return this;
  }

  public APolicy selectZone(String zone) {
    selectZones.add(new ZoneName(zone));
    return this;
  }

  public APolicy shelter(Shelter wanted) {
    shelter = wanted;
    return this;
  }

  public APolicy maxUnavailable(int perZone) {
    maxUnavailable = perZone;
    return this;
  }

  public APolicy accept(Structural structural, Instant until, String... indices) {
    accept.add(new Acceptance(structural, List.of(indices), "for the test", until));
    return this;
  }

  public APolicy enable(Allocation baseline) {
    enable = baseline;
    return this;
  }

  public APolicy excludeNodes(String... names) {
    excludeNodes.clear();
    for (var name : names) {
      excludeNodes.add(new NodeName(name));
    }
    return this;
  }

  public APolicy excludeZones(String... names) {
    excludeZones.clear();
    for (var name : names) {
      excludeZones.add(new ZoneName(name));
    }
    return this;
  }

  public APolicy takeOver() {
    conflicts = Conflicts.TAKE_OVER;
    return this;
  }

  public APolicy windows(Window... declared) {
    windows = List.of(declared);
    return this;
  }

  /** Waits for approval; an empty hash is none. */
  public APolicy manual(String approvedPlan) {
    approval = Approval.of(Approval.Mode.MANUAL, approvedPlan).offering(approval.offered());
    return this;
  }

  /** What the shell has planned. */
  public APolicy offering(Observed<PlanCover> plan) {
    approval = approval.offering(Optional.of(plan));
    return this;
  }

  public APolicy paused() {
    paused = true;
    return this;
  }

  public APolicy resumed() {
    paused = false;
    return this;
  }

  public APolicy deleting() {
    deleting = true;
    return this;
  }

  public EsPolicy build() {
    return new EsPolicy(
        owner,
        adopt,
        zoneAttribute,
        zones,
        hosts,
        fleets,
        new RolloutPolicy(
            restartedAt,
            selectZones,
            selectNodes,
            shelter,
            accept,
            maxUnavailable,
            windows,
            approval),
        new AllocationPolicy(enable, excludeNodes, excludeZones, conflicts),
        paused,
        deleting,
        ReadyWhen.YELLOW);
  }
}
