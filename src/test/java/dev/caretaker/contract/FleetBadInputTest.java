package dev.caretaker.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.adapter.ec2.Ec2Market;
import dev.caretaker.adapter.ec2.Ec2Settings;
import dev.caretaker.api.SpotFleetSpec;
import dev.caretaker.fleet.FleetDecider;
import dev.caretaker.fleet.FleetProgress;
import dev.caretaker.fleet.guard.FleetRules;
import dev.caretaker.fleet.model.FleetId;
import dev.caretaker.fleet.model.LaunchTemplate;
import dev.caretaker.fleet.model.Pool;
import dev.caretaker.fleet.model.Subnet;
import dev.caretaker.fleet.model.TypeView;
import dev.caretaker.fleet.model.Zone;
import dev.caretaker.fleet.policy.FleetPolicy;
import dev.caretaker.kernel.Condition;
import dev.caretaker.kernel.Condition.Truth;
import dev.caretaker.kernel.Observed;
import dev.caretaker.kernel.UsdPerHour;
import dev.caretaker.mapping.FleetPolicyParser;
import dev.caretaker.pass.FleetPass;
import dev.caretaker.pass.ProgressStore.StaleWriter;
import dev.caretaker.sandbox.market.MarketServer;
import dev.caretaker.testkit.SdkCredentials;
import dev.caretaker.world.market.Market;
import dev.caretaker.world.market.SpotMachine;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a person did wrong, in passes over EC2's wire protocol: a condition says what to do, and the
 * two machines that run stay, or go when they have to.
 */
class FleetBadInputTest {
  private static final String SPEC =
      """
      region: us-west-2
      subnets: [subnet-0a]
      launchTemplate: {name: es-spot, version: "7"}
      budget: {usdPerHour: "1.00"}
      demand: {utility: 20}
      machines: {list: [{type: m5d.large, utility: "10"}]}
      """;
  private static final String MORE = SPEC.replace("utility: 20", "utility: 30");
  private static final String LESS = SPEC.replace("utility: 20", "utility: 10");
  private static final Pool POOL = Pool.of("m5d.large", "us-west-2a");
  private static final int LOOKS = 150;
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(60);

  private final Market market =
      new Market(
          Instant.parse("2026-11-20T12:00:00Z"),
          new Market.Boots() {
            @Override
            public long secondsToRun() {
              return 30;
            }

            @Override
            public long secondsToBeSeen() {
              return 5;
            }
          });
  private final MarketServer server;
  private Ec2Market port;
  private FleetPass pass;
  private FleetPolicy policy = policy(SPEC);
  private FleetProgress progress = FleetProgress.NONE;
  private List<Condition> conditions = List.of();

  FleetBadInputTest() throws IOException {
    SdkCredentials.give();
    market.type(new TypeView(POOL.type(), 2, 8, 75, Optional.empty()));
    market.subnet(new Subnet("subnet-0a", new Zone("us-west-2a"), 250));
    market.template(new LaunchTemplate("es-spot", "7"));
    var start = market.instant().minus(Duration.ofDays(8));
    market.prices().set(POOL, start, UsdPerHour.of("0.03"));
    server = new MarketServer(market, market);
    port = open();
    pass = pass();
  }

  private static FleetPolicy policy(String spec) {
    var id = new FleetId("default", "es", "uid-1");
    return FleetPolicyParser.parse(id, Serialization.unmarshal(spec, SpotFleetSpec.class))
        .value()
        .orElseThrow()
        .policy();
  }

  private Ec2Market open() {
    return Ec2Market.open(new Ec2Settings("us-west-2", Optional.of(server.url())), market);
  }

  private FleetPass pass() {
    return new FleetPass(
        new FleetDecider(FleetRules.standard()),
        port,
        machines -> Observed.unknown("there is none"),
        () -> Observed.unknown("there is none"),
        market);
  }

  @BeforeEach
  void buyTwo() {
    awaitAlive(2);
    awaitCondition("Ready", Truth.TRUE, "");
  }

  @AfterEach
  void close() {
    port.close();
    server.close();
  }

  /** Nothing is remembered of what EC2 was asked before. */
  private void restart() {
    port.close();
    port = open();
    pass = pass();
  }

  private void edit(String spec) {
    policy = policy(spec);
  }

  private void step() {
    try {
      var outcome = pass.run(policy, progress, saved -> progress = saved);
      conditions = outcome.decision().conditions();
    } catch (StaleWriter impossible) {
      throw new AssertionError(impossible);
    }
    server.with(
        each -> {
          each.advance(each.instant().plus(BETWEEN_LOOKS));
          return each;
        });
  }

  private List<SpotMachine> alive() {
    return market.machines().stream().filter(SpotMachine::isAlive).toList();
  }

  private Optional<Condition> condition(String type) {
    return conditions.stream().filter(each -> each.type().equals(type)).findFirst();
  }

  private String reason(String type) {
    return condition(type).orElseThrow().reason().code();
  }

  private void awaitCondition(String type, Truth truth, String words) {
    for (int i = 0; i < LOOKS; i++) {
      step();
      var found = condition(type);
      if (found.filter(each -> each.truth() == truth).isPresent()
          && found.orElseThrow().reason().sentence().contains(words)) {
        return;
      }
    }
    throw new AssertionError(type + " is " + condition(type));
  }

  private void awaitAlive(int machines) {
    for (int i = 0; i < LOOKS && alive().size() != machines; i++) {
      step();
    }
    assertThat(alive()).hasSize(machines);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ec2:DescribeInstances",
        "ec2:DescribeSpotInstanceRequests",
        "ec2:DescribeInstanceTypes",
        "ec2:DescribeSpotPriceHistory"
      })
  void shouldNameTheReadThatIsNotAllowedAndKeepWhatRuns(String action) {
    server.deny(action);
    restart();

    awaitCondition("Stalled", Truth.TRUE, "allow " + action + " in the policy");

    assertThat(alive()).hasSize(2);
    server.deny();
    awaitCondition("Ready", Truth.TRUE, "");
  }

  @Test
  void shouldGiveBackWhatIsTooDearAlthoughTheSubnetsCannotBeRead() {
    server.deny("ec2:DescribeSubnets");
    restart();
    awaitCondition("Reconciling", Truth.TRUE, "allow ec2:DescribeSubnets in the policy");
    assertThat(alive()).hasSize(2);

    edit(SPEC.replace("1.00", "0.04"));

    awaitAlive(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ec2:CreateFleet", "ec2:RunInstances", "ec2:CreateTags", "iam:PassRole"})
  void shouldNameWhatAPurchaseLacks(String action) {
    server.deny(action);
    edit(MORE);

    awaitCondition("RequestsAccepted", Truth.FALSE, "allow " + action + " in the policy");
    assertThat(reason("RequestsAccepted")).isEqualTo("NotPermitted");
    awaitCondition("Stalled", Truth.TRUE, "allow " + action);
    assertThat(alive()).hasSize(2);

    server.deny();
    awaitAlive(3);
    awaitCondition("RequestsAccepted", Truth.TRUE, "");
  }

  @Test
  void shouldSayThatMachinesCannotBeGivenBack() {
    server.deny("ec2:TerminateInstances");
    edit(LESS);

    awaitCondition("RequestsAccepted", Truth.FALSE, "allow ec2:TerminateInstances in the policy");
    assertThat(reason("RequestsAccepted")).isEqualTo("NotGivenBack");
    assertThat(alive()).hasSize(2);

    server.deny();
    awaitAlive(1);
    awaitCondition("RequestsAccepted", Truth.TRUE, "");
  }

  @Test
  void shouldSayThatTheTemplateLacksTagsAndGiveBackAllTheSame() {
    server.demandTag("cost-center");
    edit(MORE);

    awaitCondition("RequestsAccepted", Truth.FALSE, "add them to the TagSpecifications");
    assertThat(reason("RequestsAccepted")).isEqualTo("TemplateLacksTags");
    assertThat(alive()).hasSize(2);

    edit(LESS);
    awaitAlive(1);
  }

  @Test
  void shouldSayThatThereIsNoSuchTemplateAndGiveBackAllTheSame() {
    edit(MORE.replace("\"7\"", "\"8\""));

    awaitCondition("RequestsAccepted", Truth.FALSE, "es-spot with version 8: correct");
    assertThat(reason("RequestsAccepted")).isEqualTo("TemplateNotFound");
    assertThat(alive()).hasSize(2);

    edit(LESS.replace("\"7\"", "\"8\""));
    awaitAlive(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{type: m5d.large     | {type: m9.huge, utility: '1'}, {type: m5d.large | TypeNotFound",
        "[subnet-0a]          | [subnet-0a, subnet-0b]                          | SubnetNotFound",
        "demand:              | 'limits: {sharePerType: 40%}\ndemand:'          | SharesTooSmall",
        "demand:              | 'floor: {utility: 500}\ndemand:'                | FloorAboveBudget",
      })
  void shouldSayWhatOfTheSpecDoesNotFitAndGiveBackAllTheSame(
      String part, String bad, String reason) {
    edit(SPEC.replace(part, bad));

    awaitCondition("SpecFits", Truth.FALSE, "");
    assertThat(reason("SpecFits")).isEqualTo(reason);
    assertThat(alive()).hasSizeGreaterThanOrEqualTo(2);

    if (!reason.equals("FloorAboveBudget")) {
      edit(LESS.replace(part, bad));
      awaitAlive(1);
    }
  }
}
