package dev.caretaker.sandbox.market;

import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.fleet.model.MachineView;
import dev.caretaker.fleet.model.PricePoint;
import dev.caretaker.fleet.model.Subnet;
import dev.caretaker.fleet.model.TypeView;
import dev.caretaker.sandbox.market.Ec2Request.Filter;
import dev.caretaker.world.market.Market;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.xml.stream.XMLStreamException;

/** EC2's reads. A filter that is not known here is an error, not ignored. */
final class Ec2Reads {
  private static final String PRODUCT = "Linux/UNIX";
  private static final double MIB_PER_GIB = 1024;
  private static final Duration NOTICE = Duration.ofMinutes(2);

  private final Market market;
  private final Map<InstanceId, Map<String, String>> tags;

  Ec2Reads(Market market, Map<InstanceId, Map<String, String>> tags) {
    this.market = market;
    this.tags = tags;
  }

  private record Price(String type, String zone, PricePoint point) {}

  /** What a thing has, by which filters choose it. */
  private static boolean passes(List<Filter> filters, Map<String, String> has, Set<String> known)
      throws Ec2Error {
    for (var filter : filters) {
      var name = filter.name();
      if (!known.contains(name) && !name.startsWith("tag:")) {
        throw Ec2Error.of("InvalidParameterValue", "The filter '" + name + "' is invalid");
      }
      if (!filter.values().contains(has.getOrDefault(name, ""))) {
        return false;
      }
    }
    return true;
  }

  String instances(Ec2Request request) throws Ec2Error {
    var known = Set.of("instance-id", "instance-state-name", "availability-zone");
    var ids = request.list("InstanceId");
    var found = new ArrayList<MachineView>();
    for (var machine : market.describe(market.instant())) {
      var has = new TreeMap<String, String>();
      tags(machine).forEach((key, value) -> has.put("tag:" + key, value));
      has.put("instance-id", machine.id().value());
      has.put("instance-state-name", state(machine));
      has.put("availability-zone", machine.pool().zone().value());
      if ((ids.isEmpty() || ids.contains(machine.id().value()))
          && passes(request.filters(), has, known)) {
        found.add(machine);
      }
    }
    for (var id : ids) {
      if (found.stream().noneMatch(each -> each.id().value().equals(id))) {
        throw Ec2Error.of(
            "InvalidInstanceID.NotFound", "The instance ID '" + id + "' does not exist");
      }
    }
    var page = request.page(found);
    return Ec2Answer.to(
        request.action(),
        answer ->
            answer
                .list(
                    "reservationSet",
                    page.items(),
                    (each, machine) ->
                        each.text("reservationId", "r-" + machine.id().value().substring(2))
                            .list("instancesSet", List.of(machine), this::instance))
                .text("nextToken", page.next()));
  }

  private Map<String, String> tags(MachineView machine) {
    return tags.getOrDefault(machine.id(), Map.of());
  }

  private void instance(Ec2Answer answer, MachineView machine) throws XMLStreamException {
    answer
        .text("instanceId", machine.id().value())
        .element("instanceState", state -> code(state, machine))
        .text("instanceType", machine.pool().type().value())
        .text("launchTime", machine.launchedAt().toString())
        .element(
            "placement", place -> place.text("availabilityZone", machine.pool().zone().value()))
        .text("privateIpAddress", machine.address())
        .text("instanceLifecycle", "spot")
        .text("spotInstanceRequestId", "sir-" + machine.id().value().substring(2))
        .list(
            "tagSet",
            tags(machine).entrySet(),
            (each, tag) -> each.text("key", tag.getKey()).text("value", tag.getValue()));
  }

  private static String state(MachineView machine) {
    return switch (machine.state()) {
      case PENDING -> "pending";
      case RUNNING -> "running";
      case SHUTTING_DOWN -> "shutting-down";
      case TERMINATED -> "terminated";
    };
  }

  static void code(Ec2Answer answer, MachineView machine) throws XMLStreamException {
    int code =
        switch (machine.state()) {
          case PENDING -> 0;
          case RUNNING -> 16;
          case SHUTTING_DOWN -> 32;
          case TERMINATED -> 48;
        };
    answer.text("code", Integer.toString(code)).text("name", state(machine));
  }

  /** A machine runs on for two minutes under its code. */
  String spotRequests(Ec2Request request) throws Ec2Error {
    var found = new ArrayList<MachineView>();
    for (var machine : market.describe(market.instant())) {
      var id = "sir-" + machine.id().value().substring(2);
      var has = Map.of("spot-instance-request-id", id, "instance-id", machine.id().value());
      if (passes(request.filters(), has, has.keySet())) {
        found.add(machine);
      }
    }
    var page = request.page(found);
    return Ec2Answer.to(
        request.action(),
        answer ->
            answer
                .list("spotInstanceRequestSet", page.items(), Ec2Reads::spotRequest)
                .text("nextToken", page.next()));
  }

  private static void spotRequest(Ec2Answer answer, MachineView machine) throws XMLStreamException {
    var noticed = machine.leavesAt().map(at -> at.minus(NOTICE));
    answer
        .text("spotInstanceRequestId", "sir-" + machine.id().value().substring(2))
        .text("instanceId", machine.id().value())
        .text("state", noticed.isPresent() ? "closed" : "active")
        .element(
            "status",
            status ->
                status
                    .text("code", noticed.isPresent() ? "marked-for-termination" : "fulfilled")
                    .text("updateTime", noticed.orElse(machine.launchedAt()).toString()));
  }

  String subnets(Ec2Request request) throws Ec2Error {
    var ids = request.list("SubnetId");
    var found = new ArrayList<Subnet>();
    for (var subnet : market.subnets()) {
      var has = Map.of("subnet-id", subnet.id(), "availability-zone", subnet.zone().value());
      if ((ids.isEmpty() || ids.contains(subnet.id()))
          && passes(request.filters(), has, has.keySet())) {
        found.add(subnet);
      }
    }
    if (found.size() < ids.size()) {
      throw Ec2Error.of("InvalidSubnetID.NotFound", "One of " + ids + " does not exist");
    }
    var page = request.page(found);
    return Ec2Answer.to(
        request.action(),
        answer ->
            answer
                .list(
                    "subnetSet",
                    page.items(),
                    (each, subnet) ->
                        each.text("subnetId", subnet.id())
                            .text("availabilityZone", subnet.zone().value())
                            .text("availableIpAddressCount", Integer.toString(subnet.free()))
                            .text("state", "available"))
                .text("nextToken", page.next()));
  }

  String types(Ec2Request request) throws Ec2Error {
    var found = new ArrayList<TypeView>();
    var asked = request.list("InstanceType");
    for (var type : market.types().values()) {
      var has = Map.of("supported-usage-class", "spot");
      if ((asked.isEmpty() || asked.contains(type.type().value()))
          && passes(request.filters(), has, has.keySet())) {
        found.add(type);
      }
    }
    var page = request.page(found);
    return Ec2Answer.to(
        request.action(),
        answer ->
            answer
                .list("instanceTypeSet", page.items(), Ec2Reads::type)
                .text("nextToken", page.next()));
  }

  private static void type(Ec2Answer answer, TypeView type) throws XMLStreamException {
    long mib = Math.round(type.memoryGib() * MIB_PER_GIB);
    answer
        .text("instanceType", type.type().value())
        .element("vCpuInfo", each -> each.text("defaultVCpus", Integer.toString(type.vcpus())))
        .element("memoryInfo", each -> each.text("sizeInMiB", Long.toString(mib)));
    if (type.storageGb() > 0) {
      answer.element(
          "instanceStorageInfo",
          each -> each.text("totalSizeInGB", Long.toString((long) type.storageGb())));
    }
  }

  /** Newest first, as EC2 does, with the price that stood before the start. */
  String prices(Ec2Request request) throws Ec2Error {
    var types = request.list("InstanceType");
    var from = Instant.parse(request.required("StartTime"));
    var found = new ArrayList<Price>();
    for (var pool : market.prices().pools()) {
      var zone = pool.zone().value();
      if ((types.isEmpty() || types.contains(pool.type().value()))
          && passes(
              request.filters(), Map.of("availability-zone", zone), Set.of("availability-zone"))) {
        for (var point : market.prices().series(pool, from, market.instant()).points()) {
          found.add(new Price(pool.type().value(), zone, point));
        }
      }
    }
    found.sort(Comparator.comparing((Price each) -> each.point().at()).reversed());
    var page = request.page(found);
    return Ec2Answer.to(
        request.action(),
        answer ->
            answer
                .list("spotPriceHistorySet", page.items(), Ec2Reads::price)
                .text("nextToken", page.next().orElse("")));
  }

  private static void price(Ec2Answer answer, Price price) throws XMLStreamException {
    answer
        .text("availabilityZone", price.zone())
        .text("instanceType", price.type())
        .text("productDescription", PRODUCT)
        .text("spotPrice", price.point().usd().toString())
        .text("timestamp", price.point().at().toString());
  }
}
