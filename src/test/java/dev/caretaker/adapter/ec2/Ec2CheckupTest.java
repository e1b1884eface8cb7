package dev.caretaker.adapter.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.adapter.ec2.Ec2Checkup.Finding;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class Ec2CheckupTest {
  private static final String SUBNET = "subnet-0a1b2c3d4e5f60718";
  private static final List<String> DRY =
      List.of(
          "DescribeInstances",
          "DescribeSpotInstanceRequests",
          "DescribeInstanceTypes",
          "DescribeSpotPriceHistory",
          "CreateFleet",
          "TerminateInstances");

  private final CannedEc2 ec2 = new CannedEc2();
  private final Ec2Checkup checkup = new Ec2Checkup(ec2.settings());

  @BeforeEach
  void allIsWell() {
    DRY.forEach(action -> ec2.fail(action, 412, "DryRunOperation", "it would have succeeded"));
    ec2.answer(
        "DescribeSubnets",
        "<subnetSet><item><subnetId>"
            + SUBNET
            + "</subnetId><availabilityZone>us-west-2a</availabilityZone></item></subnetSet>");
    ec2.answer(
        "DescribeLaunchTemplateVersions",
        "<launchTemplateVersionSet><item><versionNumber>7</versionNumber></item>"
            + "</launchTemplateVersionSet>");
  }

  @AfterEach
  void close() {
    checkup.close();
    ec2.close();
  }

  private List<Finding> look(String... subnets) {
    return checkup.look(CannedEc2.purchase(Optional.empty()), Set.of(subnets));
  }

  private static List<Finding> problems(List<Finding> findings) {
    return findings.stream().filter(each -> each.problem().isPresent()).toList();
  }

  @Test
  void shouldFindNothingWhereAllIsAllowedAndBuyNothing() {
    var findings = look(SUBNET);

    assertThat(problems(findings)).isEmpty();
    assertThat(findings)
        .extracting(Finding::check)
        .contains("ec2:CreateFleet", "launch template es-spot version 7");
    assertThat(ec2.asked("CreateFleet")).hasSize(1).allMatch(each -> each.contains("DryRun=true"));
  }

  @Test
  void shouldNameEachMissingAction() {
    for (var action : List.of("CreateFleet", "DescribeSpotPriceHistory")) {
      ec2.fail(
          action,
          403,
          "UnauthorizedOperation",
          "User: arn:aws:sts::1:x is not authorized to perform: ec2:" + action);
    }

    var problems = problems(look(SUBNET));

    assertThat(problems)
        .extracting(Finding::check)
        .containsExactly("ec2:DescribeSpotPriceHistory", "ec2:CreateFleet");
    assertThat(problems.get(1).problem())
        .hasValueSatisfying(
            sentence -> assertThat(sentence).contains("allow ec2:CreateFleet in the policy"));
  }

  @Test
  void shouldFindWhatTheSpecNamesAndEc2DoesNotHave() {
    ec2.answer("DescribeLaunchTemplateVersions", "<launchTemplateVersionSet/>");

    var problems = problems(look(SUBNET, "subnet-0123456789abcdef0"));

    assertThat(problems)
        .extracting(Finding::check)
        .containsExactly("subnet subnet-0123456789abcdef0", "launch template es-spot version 7");
  }

  @Test
  void shouldTryToGiveBackAMachineThatIsThere() {
    ec2.answer(
        "DescribeInstances",
        "<reservationSet><item><instancesSet><item><instanceId>i-1</instanceId>"
            + "<instanceState><name>running</name></instanceState>"
            + "<instanceType>m5.large</instanceType><tagSet><item>"
            + "<key>caretaker.dev/fleet</key><value>"
            + CannedEc2.FLEET.uid()
            + "</value></item></tagSet></item></instancesSet></item></reservationSet>");
    ec2.fail("TerminateInstances", 403, "UnauthorizedOperation", "no");

    assertThat(problems(look(SUBNET)))
        .extracting(Finding::check)
        .containsExactly("ec2:TerminateInstances");
    assertThat(ec2.asked("TerminateInstances")).allMatch(each -> each.contains("DryRun=true"));
  }
}
