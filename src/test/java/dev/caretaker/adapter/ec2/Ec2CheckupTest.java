package dev.caretaker.adapter.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.adapter.ec2.Ec2Checkup.Wish;
import dev.caretaker.fleet.model.MachineType;
import dev.caretaker.port.Checked;
import dev.caretaker.port.Checked.State;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What EC2 answers to a check-up, as prepared answers. */
class Ec2CheckupTest {
  private static final String SUBNET = "subnet-0a1b2c3d4e5f60718";
  private static final List<String> DRY =
      List.of(
          "DescribeInstances",
          "DescribeSpotInstanceRequests",
          "DescribeSpotPriceHistory",
          "CreateFleet",
          "RunInstances",
          "TerminateInstances");
  private static final String VERSION =
      "<launchTemplateVersionSet><item><versionNumber>7</versionNumber>"
          + "<launchTemplateData>%s</launchTemplateData></item></launchTemplateVersionSet>";

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
        "DescribeInstanceTypes",
        "<instanceTypeSet><item><instanceType>m5.large</instanceType>"
            + "<vCpuInfo><defaultVCpus>2</defaultVCpus></vCpuInfo>"
            + "<memoryInfo><sizeInMiB>8192</sizeInMiB></memoryInfo></item></instanceTypeSet>");
    ec2.answer("DescribeLaunchTemplateVersions", VERSION.formatted(""));
  }

  @AfterEach
  void close() {
    checkup.close();
    ec2.close();
  }

  private List<Checked> look(Set<String> subnets, String... types) {
    var purchase = CannedEc2.purchase(Optional.empty());
    var named = List.of(types).stream().map(MachineType::new).toList();
    var findings =
        new ArrayList<>(
            checkup.look(
                new Wish(CannedEc2.FLEET, purchase.template(), subnets, Set.copyOf(named))));
    findings.addAll(checkup.buying(purchase));
    return findings;
  }

  private static List<Checked> wrong(List<Checked> findings) {
    return findings.stream().filter(Checked::isWrong).toList();
  }

  private void forbid(String action, String because) {
    ec2.fail(action, 403, "UnauthorizedOperation", because);
  }

  @Test
  void shouldFindNothingWrongWhereAllIsAllowedAndBuyNothing() {
    var findings = look(Set.of(SUBNET), "m5.large");

    assertThat(wrong(findings)).isEmpty();
    assertThat(findings)
        .filteredOn(each -> each.state() == State.WELL)
        .extracting(Checked::about)
        .contains("ec2:CreateFleet", "ec2:CreateTags", "iam:PassRole", "es-spot version 7", SUBNET);
    for (var action : List.of("CreateFleet", "RunInstances")) {
      assertThat(ec2.asked(action)).hasSize(1).allMatch(each -> each.contains("DryRun=true"));
    }
    assertThat(ec2.asked("RunInstances").get(0))
        .contains("caretaker.dev/fleet")
        .contains("MarketType=spot");
  }

  /** A stand-in may carry out what it was only asked about. */
  @Test
  void shouldAskNobodyButAmazonForAFleetThatHasMachines() {
    look(Set.of(SUBNET));

    assertThat(ec2.asked("CreateFleet"))
        .singleElement()
        .satisfies(each -> assertThat(each).contains("TotalTargetCapacity=0"));
  }

  @Test
  void shouldNameEachMissingAction() {
    for (var action : List.of("CreateFleet", "DescribeSpotPriceHistory")) {
      forbid(action, "User: arn:aws:sts::1:x is not authorized to perform: ec2:" + action);
    }

    var wrong = wrong(look(Set.of(SUBNET)));

    assertThat(wrong)
        .extracting(Checked::about)
        .containsExactly("ec2:DescribeSpotPriceHistory", "ec2:CreateFleet");
    assertThat(wrong.get(1).text()).contains("allow ec2:CreateFleet in the policy");
    assertThat(wrong).allMatch(each -> each.todo().contains("spotfleet-policy.json"));
  }

  @Test
  void shouldNameWhatALaunchLacks() {
    for (var action : List.of("ec2:CreateTags", "iam:PassRole", "ec2:RunInstances")) {
      forbid("RunInstances", "User: arn:aws:sts::1:x is not authorized to perform: " + action);

      assertThat(wrong(look(Set.of(SUBNET)))).extracting(Checked::about).containsExactly(action);
    }
    forbid("RunInstances", "no");
    assertThat(wrong(look(Set.of(SUBNET))).get(0).text()).contains("allow ec2:RunInstances");
  }

  @Test
  void shouldFindWhatTheSpecNamesAndEc2DoesNotHave() {
    ec2.answer("DescribeLaunchTemplateVersions", "<launchTemplateVersionSet/>");

    var wrong = wrong(look(Set.of(SUBNET, "subnet-0123456789abcdef0"), "m9.large"));

    assertThat(wrong)
        .extracting(Checked::about)
        .containsExactly("m9.large", "subnet-0123456789abcdef0", "es-spot version 7");
    assertThat(wrong).allMatch(each -> each.todo().startsWith("correct "));
  }

  @Test
  void shouldFindATemplateThatTagsMachinesAsIfAFleetHadBoughtThem() {
    ec2.answer(
        "DescribeLaunchTemplateVersions",
        VERSION.formatted(
            "<tagSpecificationSet><item><resourceType>instance</resourceType><tagSet><item>"
                + "<key>caretaker.dev/fleet</key><value>x</value></item></tagSet></item>"
                + "</tagSpecificationSet>"));

    assertThat(wrong(look(Set.of(SUBNET))))
        .singleElement()
        .satisfies(each -> assertThat(each.todo()).contains("take that tag out"));
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
    forbid("TerminateInstances", "no");

    assertThat(wrong(look(Set.of(SUBNET))))
        .extracting(Checked::about)
        .containsExactly("ec2:TerminateInstances");
    assertThat(ec2.asked("TerminateInstances")).allMatch(each -> each.contains("DryRun=true"));
  }

  @Test
  void shouldAskNoMoreWhereTheCredentialsAreNotKnown() {
    ec2.fail("DescribeInstances", 401, "AuthFailure", "AWS was not able to validate");
    var purchase = CannedEc2.purchase(Optional.empty());

    var findings =
        checkup.look(new Wish(CannedEc2.FLEET, purchase.template(), Set.of(SUBNET), Set.of()));

    assertThat(wrong(findings)).extracting(Checked::check).containsExactly("credentials");
    assertThat(ec2.asked("DescribeSubnets")).isEmpty();
  }

  @Test
  void shouldSayThatTheRegionIsNotReached() {
    var nobody = new Ec2Settings("us-west-2", Optional.of(URI.create("http://127.0.0.1:1")));
    var purchase = CannedEc2.purchase(Optional.empty());
    try (var lost = new Ec2Checkup(nobody)) {
      var findings =
          lost.look(new Wish(CannedEc2.FLEET, purchase.template(), Set.of(SUBNET), Set.of()));

      assertThat(wrong(findings)).extracting(Checked::check).containsExactly("region");
    }
  }
}
