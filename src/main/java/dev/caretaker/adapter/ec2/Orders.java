package dev.caretaker.adapter.ec2;

import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.fleet.model.Purchase;
import dev.caretaker.fleet.model.PurchaseAnswer;
import dev.caretaker.fleet.model.PurchaseError;
import dev.caretaker.kernel.UsdPerHour;
import dev.caretaker.port.PortException;
import dev.caretaker.port.PortException.Kind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.model.CreateFleetError;
import software.amazon.awssdk.services.ec2.model.CreateFleetRequest;
import software.amazon.awssdk.services.ec2.model.CreateFleetResponse;
import software.amazon.awssdk.services.ec2.model.DefaultTargetCapacityType;
import software.amazon.awssdk.services.ec2.model.FleetLaunchTemplateConfigRequest;
import software.amazon.awssdk.services.ec2.model.FleetLaunchTemplateOverridesRequest;
import software.amazon.awssdk.services.ec2.model.FleetType;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** Buys machines and gives them back. Each request is sent once; who decides repeats it. */
final class Orders {
  private static final String BUY = "ec2:CreateFleet";
  private static final String GIVE_BACK = "ec2:TerminateInstances";

  /** What EC2 takes in one request without being likely to time out. */
  private static final int MOST_AT_ONCE = 1000;

  /** EC2 quotes prices in millionths of a dollar. */
  private static final int DIGITS = 6;

  private static final List<ResourceType> TAGGED =
      List.of(ResourceType.INSTANCE, ResourceType.VOLUME, ResourceType.NETWORK_INTERFACE);

  private final Ec2Clients clients;

  Orders(Ec2Clients clients) {
    this.clients = clients;
  }

  PurchaseAnswer buy(Purchase purchase) throws PortException {
    try {
      return answer(purchase, clients.writes().createFleet(request(purchase)));
    } catch (SdkException thrown) {
      var failure = Ec2Failure.of(BUY, clients.region(), thrown);
      if (!failure.isFinal()) {
        throw failure.exception();
      }
      var error = PurchaseError.of(failure.code(), failure.sentence());
      return new PurchaseAnswer(purchase.number(), List.of(), List.of(error));
    }
  }

  /** The same purchase gives the same request, byte for byte: else its token would be refused. */
  static CreateFleetRequest request(Purchase purchase) {
    var pool =
        FleetLaunchTemplateOverridesRequest.builder()
            .instanceType(purchase.pool().type().value())
            .subnetId(purchase.subnet());
    purchase.mostUsd().ifPresent(most -> pool.maxPrice(price(most)));
    var config =
        FleetLaunchTemplateConfigRequest.builder()
            .launchTemplateSpecification(
                each ->
                    each.launchTemplateName(purchase.template().name())
                        .version(purchase.template().version()))
            .overrides(pool.build())
            .build();
    return CreateFleetRequest.builder()
        .type(FleetType.INSTANT)
        .clientToken(purchase.token())
        .launchTemplateConfigs(config)
        .targetCapacitySpecification(
            each ->
                each.totalTargetCapacity(purchase.count())
                    .defaultTargetCapacityType(DefaultTargetCapacityType.SPOT))
        .tagSpecifications(tags(purchase))
        .build();
  }

  /** The tags of everything that a purchase brings. */
  static List<TagSpecification> tags(Purchase purchase) {
    return TAGGED.stream().map(kind -> tags(kind, purchase)).toList();
  }

  private static TagSpecification tags(ResourceType kind, Purchase purchase) {
    return TagSpecification.builder().resourceType(kind).tags(Tags.of(purchase)).build();
  }

  /** Rounded down to what EC2 quotes in: the same quotes are below it. */
  private static String price(UsdPerHour most) {
    return BigDecimal.valueOf(most.nanos(), 9).setScale(DIGITS, RoundingMode.DOWN).toPlainString();
  }

  private static PurchaseAnswer answer(Purchase purchase, CreateFleetResponse response) {
    var bought =
        response.instances().stream()
            .flatMap(each -> each.instanceIds().stream())
            .map(InstanceId::new)
            .toList();
    var errors = response.errors().stream().map(Orders::error).distinct().toList();
    return new PurchaseAnswer(purchase.number(), bought, errors);
  }

  private static PurchaseError error(CreateFleetError error) {
    var code = Objects.requireNonNullElse(error.errorCode(), "Unknown");
    return PurchaseError.of(code, Ec2Failure.words(BUY, error.errorMessage()));
  }

  void terminate(Set<InstanceId> machines) throws PortException {
    var ids = machines.stream().map(InstanceId::value).sorted().toList();
    for (int from = 0; from < ids.size(); from += MOST_AT_ONCE) {
      var part = ids.subList(from, Math.min(from + MOST_AT_ONCE, ids.size()));
      try {
        clients.writes().terminateInstances(each -> each.instanceIds(part));
      } catch (SdkException thrown) {
        var failure = Ec2Failure.of(GIVE_BACK, clients.region(), thrown);
        throw from == 0 ? failure.exception() : partly(failure);
      }
    }
  }

  /** The first thousand went, so it cannot be said that nothing was done. */
  private static PortException partly(Ec2Failure failure) {
    return new PortException(Kind.UNKNOWN_OUTCOME, failure.sentence(), failure.cause());
  }
}
