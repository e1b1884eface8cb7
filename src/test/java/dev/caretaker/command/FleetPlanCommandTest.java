package dev.caretaker.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caretaker.adapter.ec2.Ec2Market;
import dev.caretaker.adapter.ec2.Ec2Settings;
import dev.caretaker.api.SpotFleet;
import dev.caretaker.api.SpotFleetStatus;
import dev.caretaker.fleet.FleetProgress;
import dev.caretaker.fleet.ledger.Cooling;
import dev.caretaker.fleet.model.FleetId;
import dev.caretaker.fleet.model.LaunchTemplate;
import dev.caretaker.fleet.model.MachineView.State;
import dev.caretaker.fleet.model.Pool;
import dev.caretaker.fleet.model.Purchase;
import dev.caretaker.kernel.UsdPerHour;
import dev.caretaker.kernel.Utility;
import dev.caretaker.mapping.FleetProgressCodec;
import dev.caretaker.port.PortException;
import dev.caretaker.sandbox.kubernetes.ApiServer;
import dev.caretaker.sandbox.market.MarketServer;
import dev.caretaker.sandbox.market.SmallMarket;
import dev.caretaker.testkit.ApiServerClients;
import dev.caretaker.testkit.AwsEndpoints;
import dev.caretaker.testkit.RequiresApiServer;
import dev.caretaker.world.market.SpotMachine;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What people see of {@code plan} for SpotFleets, on the sandbox's market; it buys nothing. */
class FleetPlanCommandTest {
  private static final Pool POOL = Pool.of("m5d.large", "us-east-1a");

  @TempDir private Path folder = Path.of("");
  private final StringWriter out = new StringWriter();
  private final StringWriter errors = new StringWriter();
  private final MarketServer server;
  private final AwsEndpoints endpoints;

  FleetPlanCommandTest() throws IOException {
    server = SmallMarket.open(Clock.systemUTC());
    endpoints = AwsEndpoints.at(server.url());
  }

  @AfterEach
  void close() {
    endpoints.close();
    server.close();
  }

  private int plan(String... arguments) {
    out.getBuffer().setLength(0);
    errors.getBuffer().setLength(0);
    return new CommandLine(new PlanCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(errors))
        .execute(arguments);
  }

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(out.toString()).at("/fleets/0");
  }

  private List<SpotMachine> alive() {
    return server.with(market -> market.machines().stream().filter(SpotMachine::isAlive).toList());
  }

  private static Purchase purchase(String uid, int count) {
    return new Purchase(
        new FleetId("data", "etl", uid),
        1,
        POOL,
        "subnet-0a1b2c3d4e5f60718",
        count,
        Utility.of("10"),
        UsdPerHour.of("0.05"),
        Optional.empty(),
        new LaunchTemplate("etl-worker", "7"),
        Instant.now());
  }

  private void bought(String uid, int count) throws PortException {
    var settings = new Ec2Settings("us-east-1", Optional.of(server.url()));
    try (var market = Ec2Market.open(settings, Clock.systemUTC())) {
      market.buy(purchase(uid, count));
    }
  }

  @Test
  void shouldExitWithTwoAndShowThePurchaseWithItsArithmeticAndBuyNothing() throws IOException {
    var file = FleetFile.in(folder);

    assertThat(plan("-f", file)).as(errors.toString()).isEqualTo(2);
    assertThat(out.toString())
        .contains("data/etl in us-east-1\n2 to buy; then 2 machines, 20 of 20 utility for 0.0924")
        .contains("2 x m5d.large in us-east-1a: 10 of utility each for at most 0.0462 USD/h")
        .doesNotContain("DemandMet");
    assertThat(plan("-f", file, "-o", "json")).isEqualTo(2);
    assertThat(json().at("/buy/0/machines").asInt()).isEqualTo(2);
    assertThat(json().at("/then/usdPerHour").asText()).isEqualTo("0.0924");
    assertThat(plan("-f", file, "-o", "markdown")).isEqualTo(2);
    assertThat(out.toString()).startsWith("### data/etl in us-east-1");
    assertThat(alive()).isEmpty();
  }

  @Test
  void shouldSayWhatLimitsThePurchase() throws IOException {
    assertThat(plan("-f", FleetFile.in(folder, "0.20", "0.06"), "-o", "json")).isEqualTo(2);

    assertThat(json().at("/buy/0/machines").asInt()).isEqualTo(1);
    assertThat(json().at("/conditions/0/type").asText()).isEqualTo("DemandMet");
    assertThat(json().at("/conditions/0/message").asText()).contains("budget");
  }

  @Test
  void shouldExitWithZeroWhereTheFleetIsAsWanted() throws Exception {
    bought("uid-1", 2);
    awaitRunning(2);

    assertThat(plan("-f", FleetFile.in(folder))).as(out.toString()).isZero();
    assertThat(out.toString())
        .contains("Nothing to do: 20 of 20 utility at work for 0.0924 of 0.20 USD/h");
  }

  @Test
  void shouldPlanToGiveBackWhatIsTooMuchAndKeepIt() throws Exception {
    bought("uid-1", 2);
    awaitRunning(2);

    var file = FleetFile.in(folder, "utility: 20", "utility: 10");
    assertThat(plan("-f", file, "-o", "json")).as(errors.toString()).isEqualTo(2);
    assertThat(json().path("giveBack")).hasSize(1);
    assertThat(json().at("/giveBack/0/how").asText()).isEqualTo("TerminateInstances");
    assertThat(json().at("/then/machines").asInt()).isEqualTo(1);
    assertThat(json().path("basis")).anyMatch(each -> each.asText().contains("ten minutes"));
    assertThat(alive()).hasSize(2);

    server.deny("ec2:TerminateInstances");
    assertThat(plan("-f", file)).isEqualTo(3);
    assertThat(out.toString()).contains("allow ec2:TerminateInstances in the policy");
  }

  @Test
  void shouldExitWithThreeAndNameTheActionThatIsNotAllowed() throws IOException {
    var file = FleetFile.in(folder);
    for (var action :
        List.of("ec2:CreateFleet", "ec2:RunInstances", "ec2:CreateTags", "iam:PassRole")) {
      server.deny(action);

      assertThat(plan("-f", file)).as(action).isEqualTo(3);
      assertThat(out.toString()).contains("refused by\n  " + action + ": ");
    }
    assertThat(alive()).isEmpty();
  }

  @Test
  void shouldExitWithThreeWhileItIsPaused() throws IOException {
    assertThat(plan("-f", FleetFile.in(folder, "demand:", "paused: true\n  demand:"))).isEqualTo(3);
    assertThat(out.toString()).contains("to go on: spec.paused: false");
  }

  @Test
  void shouldExitWithOneAndNameWhatCannotBeRead() throws IOException {
    var file = FleetFile.in(folder);
    for (var action :
        List.of(
            "ec2:DescribeInstances",
            "ec2:DescribeInstanceTypes",
            "ec2:DescribeSubnets",
            "ec2:DescribeSpotPriceHistory")) {
      server.deny(action);

      assertThat(plan("-f", file)).as(action).isEqualTo(1);
      assertThat(errors.toString()).contains("allow " + action + " in the policy");
    }
    assertThat(plan("-f", FleetFile.in(folder, "\"10\"", "ten"))).isEqualTo(1);
    assertThat(errors.toString()).contains("spec.machines.list[0].utility");
  }

  @Test
  void shouldAskForAnApiServerWhereTheTagsNameSeveralFleets() throws Exception {
    bought("uid-1", 1);
    bought("uid-2", 1);
    awaitRunning(2);

    assertThat(plan("-f", FleetFile.in(folder))).isEqualTo(1);
    assertThat(errors.toString()).contains("uid-1", "uid-2", "--kubeconfig");
  }

  @Test
  void shouldPlanAFolderWithBothKinds() throws IOException {
    FleetFile.in(folder);
    MainFile.in(folder, "http://127.0.0.1:1", "http://127.0.0.1:1", "", "");

    assertThat(plan("-f", folder.toString())).isEqualTo(1);
    assertThat(errors.toString()).contains("the cluster of data/main cannot be read");
    Files.delete(folder.resolve("main.yaml"));
    assertThat(plan("-f", folder.toString())).isEqualTo(2);
  }

  private void awaitRunning(int machines) {
    var deadline = Instant.now().plusSeconds(30);
    while (Instant.now().isBefore(deadline)) {
      long running =
          server.with(
              market ->
                  market.describe(market.instant()).stream()
                      .filter(each -> each.state() == State.RUNNING)
                      .count());
      if (running == machines) {
        return;
      }
      Thread.onSpinWait();
    }
    throw new AssertionError("not running in time");
  }

  /** With the resource as it is stored: its UID, and what its status remembers. */
  @RequiresApiServer
  static class WithApiServer {
    @TempDir private Path folder = Path.of("");

    @Test
    void shouldLeaveAPoolAloneThatTheStatusSaysIsFull(ApiServer api) throws Exception {
      try (var client = ApiServerClients.open(api);
          var server = SmallMarket.open(Clock.systemUTC());
          var endpoints = AwsEndpoints.at(server.url())) {
        ApiServerClients.applyCrds(client);
        var namespace = "plan-" + Long.toString(System.nanoTime(), 36);
        var wanted = new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata();
        client.resource(wanted.build()).create();
        var file = FleetFile.in(folder, "namespace: data", "namespace: " + namespace);
        var fleet = Serialization.unmarshal(Files.readString(Path.of(file)), SpotFleet.class);
        var stored = client.resource(fleet).create();
        stored.setStatus(remembering(Instant.now()));
        client.resource(stored).updateStatus();
        var out = new StringWriter();

        int exitCode =
            new CommandLine(new PlanCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new PrintWriter(out))
                .execute("-f", file, "--kubeconfig", api.kubeconfig().toString());

        assertThat(exitCode).as(out.toString()).isEqualTo(2);
        assertThat(out.toString())
            .contains("2 x m5d.large in us-east-1b")
            .doesNotContain("no API server was asked")
            .doesNotContain("taken for granted");
        assertThat(endpoints).isNotNull();
      }
    }

    private static SpotFleetStatus remembering(Instant now) {
      var none = FleetProgress.NONE;
      var cooling = new TreeMap<Pool, Cooling>();
      cooling.put(POOL, new Cooling(now.plusSeconds(300), "InsufficientInstanceCapacity"));
      var progress =
          new FleetProgress(
              Optional.of(now.minusSeconds(600)),
              none.lastNumber(),
              none.pending(),
              none.expected(),
              none.leaving(),
              none.outgoing(),
              none.away(),
              none.releases(),
              none.advised(),
              cooling,
              none.backOff(),
              none.surplusSince(),
              none.unreadSince(),
              none.decisions());
      var empty = SpotFleetStatus.EMPTY;
      return new SpotFleetStatus(
          1L,
          empty.spendUsdPerHour(),
          empty.exposureUsdPerHour(),
          empty.budgetUsdPerHour(),
          empty.utility(),
          empty.machineCount(),
          empty.machines(),
          empty.releaseRequests(),
          empty.market(),
          empty.strangers(),
          empty.decisions(),
          empty.nextPurchase(),
          FleetProgressCodec.encode(progress),
          empty.lastGoodSpec(),
          empty.conditions());
    }
  }
}
