package dev.caretaker.adapter.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.port.PortException;
import dev.caretaker.testkit.IamPolicy;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The policy that people are told to attach allows what the adapters ask, and no more. */
class IamPolicyTest {
  /** EC2 asks for these itself, on behalf of CreateFleet. */
  private static final Set<String> IMPLIED =
      Set.of("ec2:RunInstances", "ec2:CreateTags", "iam:PassRole");

  private static final Set<String> QUEUE =
      Set.of("sqs:GetQueueUrl", "sqs:ReceiveMessage", "sqs:DeleteMessage");

  private final CannedEc2 ec2 = new CannedEc2();

  @AfterEach
  void close() {
    ec2.close();
  }

  @Test
  void shouldAllowWhatIsAskedAndNoMore() throws IOException, PortException {
    ec2.answer(
        "DescribeInstances",
        "<reservationSet><item><instancesSet><item><instanceId>i-1</instanceId>"
            + "<instanceState><name>running</name></instanceState>"
            + "<instanceType>m5.large</instanceType>"
            + "<spotInstanceRequestId>sir-1</spotInstanceRequestId>"
            + "</item></instancesSet></item></reservationSet>");
    ec2.answer("CreateFleet", "<fleetId>fleet-1</fleetId>");
    ec2.answer("TerminateInstances", "<instancesSet/>");
    var purchase = CannedEc2.purchase(Optional.empty());
    var market = ec2.market();
    market.machines(CannedEc2.FLEET);
    market.types();
    market.subnets(Set.of(purchase.subnet()));
    market.prices(Set.of(purchase.pool()), CannedEc2.START);
    market.buy(purchase);
    market.terminate(Set.of(new InstanceId("i-1")));
    try (var checkup = new Ec2Checkup(ec2.settings())) {
      checkup.look(
          new Ec2Checkup.Wish(
              CannedEc2.FLEET, purchase.template(), Set.of(purchase.subnet()), Set.of()));
      checkup.buying(purchase);
    }

    var needed = new TreeSet<>(IMPLIED);
    needed.addAll(QUEUE);
    needed.addAll(ec2.actions());
    assertThat(IamPolicy.allowed("spotfleet-policy.json")).isEqualTo(needed);
  }
}
