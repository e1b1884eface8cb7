package dev.caretaker.adapter.ec2;

import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.fleet.model.Purchase;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.MarketType;

/** Asks EC2 whether it would do something; nothing is done. */
final class DryRuns {
  private static final String WOULD_SUCCEED = "DryRunOperation";

  private final Ec2Clients clients;

  DryRuns(Ec2Clients clients) {
    this.clients = clients;
  }

  /** A request that is marked as a dry run. */
  interface Question {
    void ask(Ec2Client client);
  }

  /** Why EC2 would not; empty where it would. */
  Optional<Ec2Failure> ask(String action, Question question) {
    try {
      question.ask(clients.writes());
      return Optional.empty();
    } catch (SdkException thrown) {
      return Optional.of(Ec2Failure.of(action, clients.region(), thrown))
          .filter(each -> !each.code().equals(WOULD_SUCCEED));
    }
  }

  /**
   * Only whether the call itself is allowed: what CreateFleet asks for in its turn is {@link
   * #launch}. Of whom nobody knows that he keeps the word of a dry run, no machine is asked.
   */
  Optional<Ec2Failure> createFleet(Purchase sample) {
    int machines = isAmazon() ? 1 : 0;
    var request =
        Orders.request(sample).toBuilder()
            .clientToken(null)
            .targetCapacitySpecification(each -> each.totalTargetCapacity(machines))
            .dryRun(true)
            .build();
    return ask("ec2:CreateFleet", ec2 -> ec2.createFleet(request));
  }

  private boolean isAmazon() {
    return clients
        .writes()
        .serviceClientConfiguration()
        .endpointOverride()
        .map(URI::getHost)
        .map(host -> host.endsWith(".amazonaws.com") || host.endsWith(".amazonaws.com.cn"))
        .orElse(true);
  }

  /**
   * What EC2 does for CreateFleet with the caller's rights: the template, the tags of the purchase
   * and the role of the machines are part of it.
   */
  Optional<Ec2Failure> launch(Purchase sample) {
    return ask(
        "ec2:RunInstances",
        ec2 ->
            ec2.runInstances(
                each ->
                    each.launchTemplate(
                            template ->
                                template
                                    .launchTemplateName(sample.template().name())
                                    .version(sample.template().version()))
                        .instanceType(sample.pool().type().value())
                        .subnetId(sample.subnet())
                        .minCount(1)
                        .maxCount(1)
                        .instanceMarketOptions(market -> market.marketType(MarketType.SPOT))
                        .tagSpecifications(Orders.tags(sample))
                        .dryRun(true)));
  }

  Optional<Ec2Failure> terminate(Collection<InstanceId> machines) {
    var ids = machines.stream().map(InstanceId::value).sorted().toList();
    return ask(
        "ec2:TerminateInstances",
        ec2 -> ec2.terminateInstances(each -> each.instanceIds(List.copyOf(ids)).dryRun(true)));
  }
}
