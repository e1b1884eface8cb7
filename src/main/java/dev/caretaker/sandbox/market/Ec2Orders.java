package dev.caretaker.sandbox.market;

import dev.caretaker.fleet.model.FleetId;
import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.fleet.model.LaunchTemplate;
import dev.caretaker.fleet.model.MachineType;
import dev.caretaker.fleet.model.MachineView;
import dev.caretaker.fleet.model.Pool;
import dev.caretaker.fleet.model.Purchase;
import dev.caretaker.fleet.model.PurchaseAnswer;
import dev.caretaker.fleet.model.Subnet;
import dev.caretaker.kernel.UsdPerHour;
import dev.caretaker.kernel.Utility;
import dev.caretaker.port.PortException;
import dev.caretaker.world.market.Market;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.stream.XMLStreamException;

/** EC2's CreateFleet and TerminateInstances. */
final class Ec2Orders {
  private static final String CONFIG = "LaunchTemplateConfigs.1";
  private static final String TEMPLATE = CONFIG + ".LaunchTemplateSpecification.";
  private static final String POOL = CONFIG + ".Overrides.1.";

  private final Market market;
  private final Map<InstanceId, Map<String, String>> tags;
  private final MarketBook book;
  private final Map<String, Answered> tokens = new HashMap<>();

  Ec2Orders(Market market, Map<InstanceId, Map<String, String>> tags, MarketBook book) {
    this.market = market;
    this.tags = tags;
    this.book = book;
  }

  private record Answered(Map<String, String> fields, String answer) {}

  /** The same token with the same content has the same answer; with another, none. */
  String createFleet(Ec2Request request) throws Ec2Error {
    var token = request.required("ClientToken");
    var before = tokens.get(token);
    if (before != null && !before.fields().equals(request.fields())) {
      throw Ec2Error.of(
          "IdempotentParameterMismatch", "The client token was used with other parameters");
    }
    if (before != null) {
      return before.answer();
    }
    var purchase = purchase(request);
    var answer = market.sell(purchase);
    answer.bought().forEach(id -> tags.put(id, request.tags("instance")));
    book.sold(
        new Sale(
            market.instant(),
            token,
            request.tags("instance"),
            purchase.template().name(),
            purchase.count(),
            answer.bought()));
    var text = text(request, purchase, answer);
    tokens.put(token, new Answered(request.fields(), text));
    return text;
  }

  private static String text(Ec2Request request, Purchase purchase, PurchaseAnswer answer) {
    return Ec2Answer.to(
        request.action(),
        each -> {
          each.text("fleetId", "fleet-" + request.field("ClientToken").orElse(""));
          each.list(
              "errorSet",
              answer.errors(),
              (item, error) -> {
                item.text("errorCode", error.code()).text("errorMessage", error.message());
                item.text("lifecycle", "spot");
              });
          each.list(
              "fleetInstanceSet", List.of(answer), (item, sold) -> bought(item, purchase, sold));
        });
  }

  private static void bought(Ec2Answer item, Purchase purchase, PurchaseAnswer sold)
      throws XMLStreamException {
    item.list("instanceIds", sold.bought(), Ec2Orders::id)
        .text("instanceType", purchase.pool().type().value())
        .text("lifecycle", "spot");
  }

  private static void id(Ec2Answer item, InstanceId id) throws XMLStreamException {
    item.characters(id.value());
  }

  private Purchase purchase(Ec2Request request) throws Ec2Error {
    if (!request.required("Type").equals("instant")
        || request.field(CONFIG.replace('1', '2') + ".Overrides.1.InstanceType").isPresent()
        || request.field(CONFIG + ".Overrides.2.InstanceType").isPresent()) {
      throw Ec2Error.of("UnsupportedOperation", "only instant fleets of one pool are sold here");
    }
    var subnet = request.required(POOL + "SubnetId");
    var zone =
        market.subnets().stream()
            .filter(each -> each.id().equals(subnet))
            .map(Subnet::zone)
            .findFirst();
    if (zone.isEmpty()) {
      throw Ec2Error.of(
          "InvalidSubnetID.NotFound", "The subnet ID '" + subnet + "' does not exist");
    }
    var most = request.field(POOL + "MaxPrice").flatMap(UsdPerHour::read);
    return new Purchase(
        new FleetId("", "", ""),
        0,
        new Pool(new MachineType(request.required(POOL + "InstanceType")), zone.get()),
        subnet,
        request.number("TargetCapacitySpecification.TotalTargetCapacity"),
        Utility.ZERO,
        UsdPerHour.ZERO,
        most,
        new LaunchTemplate(
            request.required(TEMPLATE + "LaunchTemplateName"),
            request.required(TEMPLATE + "Version")),
        Instant.EPOCH);
  }

  /** All or none. */
  String terminate(Ec2Request request) throws Ec2Error {
    var ids = new TreeSet<InstanceId>();
    request.list("InstanceId").forEach(id -> ids.add(new InstanceId(id)));
    var before = described(ids);
    book.givesBack(ids);
    try {
      market.terminate(ids);
    } catch (PortException refused) {
      throw Ec2Error.of("InvalidInstanceID.NotFound", String.valueOf(refused.getMessage()));
    }
    var after = described(ids);
    return Ec2Answer.to(
        request.action(),
        answer ->
            answer.list(
                "instancesSet",
                after,
                (each, machine) ->
                    each.text("instanceId", machine.id().value())
                        .element("currentState", now -> Ec2Reads.code(now, machine))
                        .element(
                            "previousState",
                            then -> Ec2Reads.code(then, before.get(after.indexOf(machine))))));
  }

  private List<MachineView> described(Set<InstanceId> ids) {
    return market.describe(market.instant()).stream()
        .filter(each -> ids.contains(each.id()))
        .toList();
  }
}
