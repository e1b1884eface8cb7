package dev.caretaker.adapter.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.fleet.model.MachineView;
import dev.caretaker.fleet.model.MachineView.State;
import dev.caretaker.kernel.Observed;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MachineReadingTest {
  private static final String NOBODY = "<reservationSet/>";
  private static final Instant LAUNCHED = Instant.parse("2026-11-19T12:00:00Z");

  private final CannedEc2 ec2 = new CannedEc2();

  @AfterEach
  void close() {
    ec2.close();
  }

  private static String machine(String id, String state, String uid, String purchase) {
    return String.format(
        """
        <item><instancesSet><item>
          <instanceId>%s</instanceId><instanceState><name>%s</name></instanceState>
          <instanceType>m5.large</instanceType><launchTime>%s</launchTime>
          <placement><availabilityZone>us-west-2a</availabilityZone></placement>
          <privateIpAddress>10.1.2.3</privateIpAddress>
          <spotInstanceRequestId>sir-%s</spotInstanceRequestId>
          <tagSet><item><key>caretaker.dev/fleet</key><value>%s</value></item>
            <item><key>caretaker.dev/purchase</key><value>%s</value></item></tagSet>
        </item></instancesSet></item>""",
        id, state, LAUNCHED, id, uid, purchase);
  }

  private static String own(String id, String state) {
    return machine(id, state, CannedEc2.FLEET.uid(), "7");
  }

  private static String page(String machines, String next) {
    return "<reservationSet>"
        + machines
        + "</reservationSet>"
        + (next.isEmpty() ? "" : "<nextToken>" + next + "</nextToken>");
  }

  private static String request(String id, String code, String at) {
    return String.format(
        """
        <item><spotInstanceRequestId>sir-%s</spotInstanceRequestId><instanceId>%s</instanceId>
          <status><code>%s</code><updateTime>%s</updateTime></status></item>""",
        id, id, code, at);
  }

  private List<MachineView> read() {
    return ec2.market().machines(CannedEc2.FLEET).ifKnown().orElseThrow();
  }

  @Test
  void shouldReadAllPagesAndAllStates() {
    ec2.answer(
        "DescribeInstances",
        page(own("i-1", "pending") + own("i-2", "running"), "more"),
        page(own("i-3", "shutting-down") + own("i-4", "terminated"), "more"),
        page(own("i-5", "stopped") + own("i-6", "levitating"), ""),
        NOBODY);
    ec2.answer("DescribeSpotInstanceRequests", "<spotInstanceRequestSet/>");

    var machines = read();

    assertThat(machines)
        .extracting(MachineView::state)
        .containsExactly(
            State.PENDING,
            State.RUNNING,
            State.SHUTTING_DOWN,
            State.TERMINATED,
            State.SHUTTING_DOWN,
            State.RUNNING);
    assertThat(machines.get(0).launchedAt()).isEqualTo(LAUNCHED);
    assertThat(ec2.asked("DescribeSpotInstanceRequests").get(0))
        .as("only what may still run has notice to get")
        .contains("sir-i-1", "sir-i-2", "sir-i-6")
        .doesNotContain("sir-i-3", "sir-i-4", "sir-i-5");
  }

  @Test
  void shouldTellWhenEc2TakesAMachine() {
    ec2.answer(
        "DescribeInstances",
        page(own("i-1", "running") + own("i-2", "running") + own("i-3", "running"), ""),
        NOBODY);
    ec2.answer(
        "DescribeSpotInstanceRequests",
        "<spotInstanceRequestSet>"
            + request("i-1", "fulfilled", "2026-11-19T12:00:00Z")
            + request("i-2", "marked-for-termination", "2026-11-20T00:00:00Z")
            + request("i-3", "instance-terminated-no-capacity", "2026-11-20T00:01:00Z")
            + "</spotInstanceRequestSet>");

    assertThat(read())
        .extracting(MachineView::leavesAt)
        .containsExactly(
            Optional.empty(),
            Optional.of(Instant.parse("2026-11-20T00:02:00Z")),
            Optional.of(Instant.parse("2026-11-20T00:03:00Z")));
  }

  @Test
  void shouldShowAPredecessorsMachineAsAStranger() {
    ec2.answer(
        "DescribeInstances",
        page(own("i-1", "running"), ""),
        page(own("i-1", "running") + machine("i-2", "running", "another uid", "edited"), ""));
    ec2.answer("DescribeSpotInstanceRequests", "<spotInstanceRequestSet/>");

    var machines = read();

    assertThat(machines)
        .extracting(MachineView::id)
        .containsExactly(new InstanceId("i-1"), new InstanceId("i-2"));
    assertThat(machines)
        .extracting(each -> each.belongsTo(CannedEc2.FLEET.uid()))
        .containsExactly(true, false);
    assertThat(machines).extracting(MachineView::purchase).containsExactly(7L, 0L);
  }

  @Test
  void neverTakesAFailedReadForNoMachines() {
    ec2.answer("DescribeInstances", page(own("i-1", "running"), ""), NOBODY);
    ec2.fail(
        "DescribeSpotInstanceRequests",
        403,
        "UnauthorizedOperation",
        "User: arn:aws:sts::1:x is not authorized to perform: ec2:DescribeSpotInstanceRequests");

    var read = ec2.market().machines(CannedEc2.FLEET);

    assertThat(read)
        .isInstanceOfSatisfying(
            Observed.Unknown.class,
            unknown ->
                assertThat(unknown.cause())
                    .contains("allow ec2:DescribeSpotInstanceRequests in the policy"));
  }

  @Test
  void shouldTryAThrottledReadAgainAndThenSayItIsUnknown() {
    ec2.fail("DescribeInstances", 503, "RequestLimitExceeded", "slow down");

    var read = ec2.market().machines(CannedEc2.FLEET);

    assertThat(read)
        .isInstanceOfSatisfying(
            Observed.Unknown.class, unknown -> assertThat(unknown.cause()).contains("throttled"));
    assertThat(ec2.asked("DescribeInstances")).hasSize(3);
  }
}
