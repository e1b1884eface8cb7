package dev.caretaker.mapping;

import static dev.caretaker.mapping.SpecReading.quoted;

import dev.caretaker.api.EsAllocationSpec;
import dev.caretaker.api.EsCluster;
import dev.caretaker.api.EsClusterSpec;
import dev.caretaker.api.EsHostsSpec;
import dev.caretaker.api.EsZonesSpec;
import dev.caretaker.api.Shapes;
import dev.caretaker.elastic.model.Allocation;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.SpotMachine;
import dev.caretaker.elastic.model.ZoneName;
import dev.caretaker.elastic.policy.EsPolicy;
import dev.caretaker.elastic.policy.EsPolicy.AllocationPolicy;
import dev.caretaker.elastic.policy.EsPolicy.Conflicts;
import dev.caretaker.elastic.policy.EsPolicy.ReadyWhen;
import dev.caretaker.elastic.policy.EsPolicy.Risk;
import dev.caretaker.elastic.policy.EsPolicy.ZonePolicy;
import dev.caretaker.mapping.Problem.Rule;
import dev.caretaker.mapping.SpecReading.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns the spec of an EsCluster into a policy, or into a list of everything wrong with it. */
public final class EsPolicyParser {
  private static final EsZonesSpec NO_ZONES = new EsZonesSpec(null, null);
  private static final EsHostsSpec NO_HOSTS = new EsHostsSpec(null, null, null, null, null);
  private static final EsAllocationSpec DEFAULTS = new EsAllocationSpec(null, null, null, null);

  private static final String MISFIT = "has a value of a type that does not fit here";

  private final SpecReading reading = new SpecReading();
  private final String owner;
  private final List<ZonePolicy> zones = new ArrayList<>();

  private EsPolicyParser(String owner) {
    this.owner = owner;
  }

  /** {@code namespace/name/uid}: who signs the mark. */
  public static String owner(EsCluster resource) {
    var metadata = resource.getMetadata();
    return metadata.getNamespace() + "/" + metadata.getName() + "/" + metadata.getUid();
  }

  /** Parses a spec as the wish of the owner. */
  public static Parsed<EsCare> parse(String owner, @Nullable EsClusterSpec spec) {
    if (spec == null) {
      return new Parsed<>(Optional.empty(), List.of(new Problem("spec", Rule.TYPE, "is missing")));
    }
    return new EsPolicyParser(owner).read(spec);
  }

  private Parsed<EsCare> read(EsClusterSpec spec) {
    spec.unreadable().forEach(each -> reading.problem(each, Rule.TYPE, MISFIT));
    var attribute = zones(spec.zones() == null ? NO_ZONES : spec.zones());
    var hostsSpec = spec.hosts() == null ? NO_HOSTS : spec.hosts();
    var hosts = hosts(hostsSpec);
    var fleets = fleets(hostsSpec);
    var listed = listed(hostsSpec);
    var known = zones.stream().map(ZonePolicy::name).collect(Collectors.toUnmodifiableSet());
    var risky = zones.stream().anyMatch(each -> each.risk() == Risk.RISKY);
    var rollout = new RolloutParser(reading, known, risky).read(spec.rollout());
    var allocation = allocation(spec.allocation() == null ? DEFAULTS : spec.allocation(), known);
    var readyWhen =
        reading.word(
            "spec.readyWhen", spec.readyWhen(), Optional.of(ReadyWhen.YELLOW), ReadyWhen.values());
    var access = new AccessParser(reading).read(spec.connection(), hostsSpec);
    var adopt =
        Optional.ofNullable(spec.connection())
            .flatMap(c -> reading.shapedOrNone("spec.connection.adopt", c.adopt(), Shape.OWNER));
    if (!reading.problems().isEmpty()) {
      return new Parsed<>(Optional.empty(), reading.problems());
    }
    var policy =
        new EsPolicy(
            owner,
            adopt,
            attribute,
            zones,
            hosts,
            fleets,
            rollout,
            allocation,
            Boolean.TRUE.equals(spec.paused()),
            false,
            readyWhen.orElse(ReadyWhen.YELLOW));
    return new Parsed<>(access.map(way -> new EsCare(policy, way, listed)), List.of());
  }

  /** Fills {@link #zones} and returns the attribute. */
  private String zones(EsZonesSpec spec) {
    var seen = new HashSet<String>();
    int index = 0;
    for (var zone : reading.entries("spec.zones.list", spec.list(), 0, Shapes.MOST_ZONES)) {
      var path = "spec.zones.list[" + index++ + "]";
      var name = reading.shapedOnce(path + ".name", zone.name(), Shape.ZONE, seen);
      var risk = reading.word(path + ".risk", zone.risk(), Optional.empty(), Risk.values());
      int copies = reading.number(path + ".copies", zone.copies(), 0, 0, 100);
      name.ifPresent(
          text -> zones.add(new ZonePolicy(new ZoneName(text), risk.orElse(Risk.RISKY), copies)));
    }
    var attribute = spec.attribute() == null ? "zone" : spec.attribute();
    return reading.shaped("spec.zones.attribute", attribute, Shape.ATTRIBUTE).orElse("zone");
  }

  private SortedMap<NodeName, Optional<ZoneName>> hosts(EsHostsSpec spec) {
    var hosts = new TreeMap<NodeName, Optional<ZoneName>>();
    var seen = new HashSet<String>();
    int index = 0;
    for (var host : reading.entries("spec.hosts.list", spec.list(), 0, Shapes.MOST_NODES)) {
      var path = "spec.hosts.list[" + index++ + "]";
      reading.shapedOrNone(path + ".address", host.address(), Shape.ADDRESS);
      var zone = Optional.ofNullable(host.zone()).map(ZoneName::new);
      zone.ifPresent(name -> known(path + ".zone", name));
      reading
          .shapedOnce(path + ".node", host.node(), Shape.NAME, seen)
          .ifPresent(name -> hosts.put(new NodeName(name), zone));
    }
    return hosts;
  }

  private Optional<ListedMachines> listed(EsHostsSpec spec) {
    var machines = new ArrayList<SpotMachine>();
    var seen = new HashSet<String>();
    int index = 0;
    for (var host : reading.entries("spec.hosts.list", spec.list(), 0, Shapes.MOST_NODES)) {
      var path = "spec.hosts.list[" + index++ + "]";
      if (host.instanceId() == null) {
        continue;
      }
      if (host.zone() == null) {
        reading.problem(path + ".zone", Rule.TOGETHER, "a host with an instanceId needs a zone");
      } else if (host.node() != null) {
        var node = new NodeName(host.node());
        var zone = new ZoneName(host.zone());
        reading
            .shapedOnce(path + ".instanceId", host.instanceId(), Shape.INSTANCE, seen)
            .ifPresent(id -> machines.add(SpotMachine.of(id, node, zone)));
      }
    }
    var from = spec.interruptions();
    if (from == null) {
      return Optional.empty();
    }
    var path = "spec.hosts.interruptions";
    var region = reading.shaped(path + ".region", from.region(), Shape.REGION);
    var queue = reading.shaped(path + ".queue", from.queue(), Shape.QUEUE);
    if (machines.isEmpty()) {
      reading.problem(path, Rule.TOGETHER, "is for hosts in hosts.list with an instanceId");
    }
    return region.flatMap(at -> queue.map(name -> new ListedMachines(at, name, machines)));
  }

  private SortedMap<String, ZoneName> fleets(EsHostsSpec spec) {
    var fleets = new TreeMap<String, ZoneName>();
    var seen = new HashSet<String>();
    int index = 0;
    for (var fleet : reading.entries("spec.hosts.fleets", spec.fleets(), 0, Shapes.MOST_FLEETS)) {
      var path = "spec.hosts.fleets[" + index++ + "]";
      var name = reading.shapedOnce(path + ".name", fleet.name(), Shape.RESOURCE, seen);
      if (fleet.zone() == null) {
        reading.problem(path + ".zone", Rule.TYPE, "name the zone that the fleet is for");
        continue;
      }
      var zone = new ZoneName(fleet.zone());
      known(path + ".zone", zone);
      name.ifPresent(text -> fleets.put(text, zone));
    }
    return fleets;
  }

  private void known(String path, ZoneName zone) {
    var names = zones.stream().map(each -> each.name().toString()).toList();
    if (!names.contains(zone.value())) {
      reading.problem(
          path, Rule.ZONE, quoted(zone.value()) + " is not in spec.zones.list: " + names);
    }
  }

  private AllocationPolicy allocation(EsAllocationSpec spec, Set<ZoneName> known) {
    var path = "spec.allocation";
    var excluded = new TreeSet<NodeName>();
    int index = 0;
    for (var node :
        reading.entries(path + ".excludeNodes", spec.excludeNodes(), 0, Shapes.MOST_NODES)) {
      reading
          .shaped(path + ".excludeNodes[" + index++ + "]", node, Shape.NAME)
          .ifPresent(name -> excluded.add(new NodeName(name)));
    }
    var conflicts =
        reading.word(
            path + ".conflicts",
            spec.conflicts(),
            Optional.of(Conflicts.REPORT),
            Conflicts.values());
    return new AllocationPolicy(
        enable(path + ".enable", spec.enable()),
        excluded,
        zonesOf(
            reading,
            path + ".excludeZones",
            reading.entries(path + ".excludeZones", spec.excludeZones(), 0, Shapes.MOST_ZONES),
            known),
        conflicts.orElse(Conflicts.REPORT));
  }

  private Allocation enable(String path, @Nullable String text) {
    var wanted = Allocation.of(text == null ? Allocation.ALL.setting() : text);
    if (wanted.isEmpty()) {
      var all = Arrays.stream(Allocation.values()).map(Allocation::setting).toList();
      reading.problem(path, Rule.WORD, quoted(text) + " is not one of " + String.join(", ", all));
    }
    return wanted.orElse(Allocation.ALL);
  }

  /** The zones of a list that must be declared ones. */
  static SortedSet<ZoneName> zonesOf(
      SpecReading reading, String path, List<String> names, Set<ZoneName> known) {
    var zones = new TreeSet<ZoneName>();
    int index = 0;
    for (var each : names) {
      var zone = new ZoneName(String.valueOf(each));
      if (!known.contains(zone)) {
        var all = new TreeSet<>(known);
        reading.problem(
            path + "[" + index + "]",
            Rule.ZONE,
            quoted(each) + " is not in spec.zones.list: " + all);
      }
      index++;
      zones.add(zone);
    }
    return zones;
  }
}
