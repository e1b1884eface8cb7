package dev.caretaker.adapter.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.fleet.model.PurchaseError;
import dev.caretaker.kernel.UsdPerHour;
import dev.caretaker.port.PortException;
import dev.caretaker.port.PortException.Kind;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.exception.SdkClientException;

class OrdersTest {
  private final CannedEc2 ec2 = new CannedEc2();

  @AfterEach
  void close() {
    ec2.close();
  }

  private PortException buyingFails() {
    return catchThrowableOfType(
        PortException.class, () -> ec2.market().buy(CannedEc2.purchase(Optional.empty())));
  }

  @Test
  void shouldTellMachinesAndErrorsOfOneAnswer() throws PortException {
    ec2.answer(
        "CreateFleet",
        """
        <fleetId>fleet-1</fleetId>
        <errorSet><item><errorCode>InsufficientInstanceCapacity</errorCode>
          <errorMessage>no more m5.large</errorMessage></item></errorSet>
        <fleetInstanceSet><item><instanceIds><item>i-1</item><item>i-2</item></instanceIds>
          <instanceType>m5.large</instanceType></item></fleetInstanceSet>
        """);

    var answer = ec2.market().buy(CannedEc2.purchase(Optional.empty()));

    assertThat(answer.bought()).containsExactly(new InstanceId("i-1"), new InstanceId("i-2"));
    assertThat(answer.errors())
        .containsExactly(
            new PurchaseError(
                PurchaseError.Kind.CAPACITY, "InsufficientInstanceCapacity", "no more m5.large"));
  }

  @Test
  void shouldAskForOnePoolByTokenAndTagWhatItBuys() throws PortException {
    ec2.answer("CreateFleet", "<fleetId>fleet-1</fleetId>");
    var purchase = CannedEc2.purchase(Optional.of(new UsdPerHour(123_456_789)));

    ec2.market().buy(purchase);
    ec2.market().buy(purchase);

    var asked = ec2.asked("CreateFleet");
    assertThat(asked).hasSize(2);
    assertThat(asked.get(1)).as("a repeated request").isEqualTo(asked.get(0));
    assertThat(asked.get(0))
        .contains("&Type=instant&")
        .contains("&ClientToken=" + purchase.token() + "&")
        .contains("LaunchTemplateSpecification.LaunchTemplateName=es-spot&")
        .contains("LaunchTemplateSpecification.Version=7&")
        .contains("Overrides.1.InstanceType=m5.large&")
        .contains("Overrides.1.SubnetId=subnet-0a1b2c3d4e5f60718")
        .contains("Overrides.1.MaxPrice=0.123456&")
        .contains("TotalTargetCapacity=3&")
        .contains("DefaultTargetCapacityType=spot&")
        .contains("TagSpecification.1.ResourceType=instance&")
        .contains("Tag.1.Key=caretaker.dev/fleet&")
        .contains("Tag.1.Value=" + CannedEc2.FLEET.uid())
        .contains("Tag.2.Key=caretaker.dev/purchase&")
        .contains("Tag.2.Value=7&");
    assertThat(purchase.token()).hasSizeLessThanOrEqualTo(64);
  }

  @Test
  void shouldNameNoPriceWhereNoneIsSaid() throws PortException {
    ec2.answer("CreateFleet", "<fleetId>fleet-1</fleetId>");

    ec2.market().buy(CannedEc2.purchase(Optional.empty()));

    assertThat(ec2.asked("CreateFleet")).noneMatch(each -> each.contains("Price"));
  }

  @ParameterizedTest
  @CsvSource({
    "500, InsufficientInstanceCapacity, CAPACITY",
    "400, MaxSpotInstanceCountExceeded, QUOTA",
    "400, SpotMaxPriceTooLow, PRICE",
    "400, IdempotentParameterMismatch, REQUEST",
    "400, InvalidLaunchTemplateName.NotFoundException, REQUEST",
    "403, UnauthorizedOperation, DENIED",
    "400, AuthFailure.ServiceLinkedRoleCreationNotPermitted, DENIED"
  })
  void shouldTakeAFinalNoAsTheAnswer(int status, String code, PurchaseError.Kind kind)
      throws PortException {
    ec2.fail("CreateFleet", status, code, "because");

    var answer = ec2.market().buy(CannedEc2.purchase(Optional.empty()));

    assertThat(answer.bought()).isEmpty();
    assertThat(answer.errors()).extracting(PurchaseError::kind).containsExactly(kind);
    assertThat(answer.errors()).extracting(PurchaseError::code).containsExactly(code);
  }

  @ParameterizedTest
  @CsvSource({
    "503, RequestLimitExceeded, UNREACHABLE",
    "500, InternalError, UNKNOWN_OUTCOME",
    "503, Unavailable, UNKNOWN_OUTCOME",
    "401, AuthFailure, DENIED",
    "400, RequestExpired, DENIED"
  })
  void shouldFailWhereNothingIsSettled(int status, String code, Kind kind) {
    ec2.fail("CreateFleet", status, code, "because");

    var failure = buyingFails();

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure).hasMessageContaining(code);
    assertThat(ec2.asked("CreateFleet")).as("sent once").hasSize(1);
  }

  @Test
  void shouldNameTheActionThatIsNotAllowed() throws PortException {
    ec2.fail(
        "CreateFleet",
        403,
        "UnauthorizedOperation",
        "You are not authorized to perform this operation. User: arn:aws:sts::1:x is not"
            + " authorized to perform: iam:PassRole on resource: arn:aws:iam::1:role/es."
            + " Encoded authorization failure message: 0123456789");

    var answer = ec2.market().buy(CannedEc2.purchase(Optional.empty()));

    assertThat(answer.errors())
        .singleElement()
        .satisfies(
            error ->
                assertThat(error.message())
                    .contains("allow iam:PassRole in the policy of Caretaker's role")
                    .doesNotContain("0123456789"));
  }

  @Test
  void shouldKnowATypeThatTheTemplateDoesNotFit() throws PortException {
    ec2.fail(
        "CreateFleet",
        400,
        "InvalidParameterValue",
        "The architecture 'arm64' of the specified instance type does not match the architecture"
            + " 'x86_64' of the specified AMI.");

    var answer = ec2.market().buy(CannedEc2.purchase(Optional.empty()));

    assertThat(answer.errors())
        .extracting(PurchaseError::kind)
        .containsExactly(PurchaseError.Kind.UNSUPPORTED);
  }

  @Test
  void neverTakesAnAnswerOfSomebodyElseForEc2s() {
    ec2.say("CreateFleet", 403, "<html>blocked by the proxy</html>");

    assertThat(buyingFails().kind()).isEqualTo(Kind.UNKNOWN_OUTCOME);
  }

  @Test
  void shouldNotKnowTheOutcomeWhereNoAnswerCame() {
    ec2.stall("CreateFleet");

    var failure = buyingFails();

    assertThat(failure.kind()).isEqualTo(Kind.UNKNOWN_OUTCOME);
    assertThat(ec2.asked("CreateFleet")).as("sent once").hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:1, cannot be reached",
    "http://ec2.nosuch.invalid, check spec.region"
  })
  void shouldKnowThatNothingWasSent(String endpoint, String sentence) {
    var settings = new Ec2Settings("us-west-2", Optional.of(URI.create(endpoint)));
    try (var market = Ec2Market.open(settings, Clock.systemUTC())) {
      var failure =
          catchThrowableOfType(
              PortException.class, () -> market.buy(CannedEc2.purchase(Optional.empty())));

      assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
      assertThat(failure).hasMessageContaining(sentence);
    }
  }

  @Test
  void shouldSayWhyAPodHasNoCredentials() {
    var thrown =
        SdkClientException.create(
            "Unable to load credentials from any of the providers in the chain"
                + " AwsCredentialsProviderChain(credentialsProviders=[SystemProperty"
                + "CredentialsProvider(), WebIdentityTokenFileCredentialsProvider()]) :"
                + " [SystemPropertyCredentialsProvider(): Unable to load credentials from system"
                + " settings., WebIdentityTokenFileCredentialsProvider(): Not authorized to perform"
                + " sts:AssumeRoleWithWebIdentity (Service: Sts), ProfileCredentialsProvider(a=b):"
                + " none, ContainerCredentialsProvider(): neither is set.]");

    var failure = Ec2Failure.of("ec2:DescribeInstances", "us-west-2", thrown);

    assertThat(failure.kind()).isEqualTo(Kind.DENIED);
    assertThat(failure.sentence())
        .startsWith("no AWS credentials were found: give the service account a role")
        .endsWith(
            ". WebIdentityTokenFile: Not authorized to perform sts:AssumeRoleWithWebIdentity"
                + " (Service: Sts); Container: neither is set.");
  }

  @ParameterizedTest
  @CsvSource({
    "400, InvalidInstanceID.NotFound, REFUSED",
    "400, OperationNotPermitted, REFUSED",
    "403, UnauthorizedOperation, DENIED",
    "503, RequestLimitExceeded, UNREACHABLE",
    "500, InternalError, UNKNOWN_OUTCOME"
  })
  void shouldTellWhyNothingWasGivenBack(int status, String code, Kind kind) {
    ec2.fail("TerminateInstances", status, code, "i-1 and so on");

    var failure =
        catchThrowableOfType(
            PortException.class, () -> ec2.market().terminate(Set.of(new InstanceId("i-1"))));

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure).hasMessageContaining(code);
  }

  @Test
  void shouldGiveBackManyInParts() throws PortException {
    ec2.answer("TerminateInstances", "<instancesSet/>");
    var machines = new TreeSet<InstanceId>();
    for (int i = 0; i < 1500; i++) {
      machines.add(new InstanceId(String.format("i-%08x", i)));
    }

    ec2.market().terminate(machines);

    assertThat(ec2.asked("TerminateInstances")).hasSize(2);
    assertThat(ec2.asked("TerminateInstances").get(1)).contains("InstanceId.500=i-000005db");
  }
}
