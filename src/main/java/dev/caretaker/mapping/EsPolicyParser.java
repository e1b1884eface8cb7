package dev.caretaker.mapping;

import static dev.caretaker.mapping.SpecReading.orEmpty;
import static dev.caretaker.mapping.SpecReading.quoted;

import dev.caretaker.api.EsAllocationSpec;
import dev.caretaker.api.EsCluster;
import dev.caretaker.api.EsClusterSpec;
import dev.caretaker.api.EsHostsSpec;
import dev.caretaker.api.EsZonesSpec;
import dev.caretaker.elastic.model.Allocation;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.ZoneName;
import dev.caretaker.elastic.policy.EsPolicy;
import dev.caretaker.elastic.policy.EsPolicy.AllocationPolicy;
import dev.caretaker.elastic.policy.EsPolicy.Conflicts;
import dev.caretaker.elastic.policy.EsPolicy.ReadyWhen;
import dev.caretaker.elastic.policy.EsPolicy.Risk;
import dev.caretaker.elastic.policy.EsPolicy.ZonePolicy;
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
  private static final EsHostsSpec NO_HOSTS = new EsHostsSpec(null, null);
  private static final EsAllocationSpec DEFAULTS = new EsAllocationSpec(null, null, null, null);

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
      return new Parsed<>(Optional.empty(), List.of("spec: is missing"));
    }
    return new EsPolicyParser(owner).read(spec);
  }

  private Parsed<EsCare> read(EsClusterSpec spec) {
    reading.problems().addAll(spec.unreadable());
    var attribute = zones(spec.zones() == null ? NO_ZONES : spec.zones());
    var hostsSpec = spec.hosts() == null ? NO_HOSTS : spec.hosts();
    var hosts = hosts(hostsSpec);
    var known = zones.stream().map(ZonePolicy::name).collect(Collectors.toUnmodifiableSet());
    var risky = zones.stream().anyMatch(each -> each.risk() == Risk.RISKY);
    var rollout = new RolloutParser(reading, known, risky).read(spec.rollout());
    var allocation = allocation(spec.allocation() == null ? DEFAULTS : spec.allocation(), known);
    var readyWhen =
        reading.word(
            "spec.readyWhen", spec.readyWhen(), Optional.of(ReadyWhen.YELLOW), ReadyWhen.values());
    var access = new AccessParser(reading).read(spec.connection(), hostsSpec);
    if (!reading.problems().isEmpty()) {
      return new Parsed<>(Optional.empty(), reading.problems());
    }
    var policy =
        new EsPolicy(
            owner,
            Optional.ofNullable(spec.connection()).flatMap(c -> SpecReading.text(c.adopt())),
            attribute,
            zones,
            hosts,
            rollout,
            allocation,
            Boolean.TRUE.equals(spec.paused()),
            false,
            readyWhen.orElse(ReadyWhen.YELLOW));
    return new Parsed<>(access.map(way -> new EsCare(policy, way)), List.of());
  }

  /** Fills {@link #zones} and returns the attribute. */
  private String zones(EsZonesSpec spec) {
    var seen = new HashSet<String>();
    int index = 0;
    for (var zone : orEmpty(spec.list())) {
      var path = "spec.zones.list[" + index++ + "]";
      var name = reading.newName(path + ".name", zone.name(), seen);
      var risk = reading.word(path + ".risk", zone.risk(), Optional.empty(), Risk.values());
      int copies = reading.number(path + ".copies", zone.copies(), 0, 0);
      name.ifPresent(
          text -> zones.add(new ZonePolicy(new ZoneName(text), risk.orElse(Risk.RISKY), copies)));
    }
    var attribute = spec.attribute() == null ? "zone" : spec.attribute();
    return reading.name("spec.zones.attribute", attribute).orElse("zone");
  }

  private SortedMap<NodeName, Optional<ZoneName>> hosts(EsHostsSpec spec) {
    var hosts = new TreeMap<NodeName, Optional<ZoneName>>();
    var seen = new HashSet<String>();
    int index = 0;
    for (var host : orEmpty(spec.list())) {
      var path = "spec.hosts.list[" + index++ + "]";
      var zone = SpecReading.text(host.zone()).map(ZoneName::new);
      zone.ifPresent(name -> known(path + ".zone", name));
      reading
          .newName(path + ".node", host.node(), seen)
          .ifPresent(name -> hosts.put(new NodeName(name), zone));
    }
    return hosts;
  }

  private void known(String path, ZoneName zone) {
    var names = zones.stream().map(each -> each.name().toString()).toList();
    if (!names.contains(zone.value())) {
      reading.problem(path, quoted(zone.value()) + " is not in spec.zones.list: " + names);
    }
  }

  private AllocationPolicy allocation(EsAllocationSpec spec, Set<ZoneName> known) {
    var path = "spec.allocation";
    var excluded = new TreeSet<NodeName>();
    int index = 0;
    for (var node : orEmpty(spec.excludeNodes())) {
      reading
          .name(path + ".excludeNodes[" + index++ + "]", node)
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
        zonesOf(reading, path + ".excludeZones", spec.excludeZones(), known),
        conflicts.orElse(Conflicts.REPORT));
  }

  private Allocation enable(String path, @Nullable String text) {
    var wanted = Allocation.of(text == null ? Allocation.ALL.setting() : text);
    if (wanted.isEmpty()) {
      var all = Arrays.stream(Allocation.values()).map(Allocation::setting).toList();
      reading.problem(path, quoted(text) + " is not one of " + String.join(", ", all));
    }
    return wanted.orElse(Allocation.ALL);
  }

  /** The zones of a list that must be declared ones. */
  static SortedSet<ZoneName> zonesOf(
      SpecReading reading, String path, @Nullable List<String> names, Set<ZoneName> known) {
    var zones = new TreeSet<ZoneName>();
    int index = 0;
    for (var each : orEmpty(names)) {
      var zone = new ZoneName(String.valueOf(each));
      if (!known.contains(zone)) {
        var all = new TreeSet<>(known);
        reading.problem(
            path + "[" + index + "]", quoted(each) + " is not in spec.zones.list: " + all);
      }
      index++;
      zones.add(zone);
    }
    return zones;
  }
}
