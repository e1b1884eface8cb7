package dev.caretaker.command;

import static dev.caretaker.testkit.ACluster.anEmptyCluster;
import static dev.caretaker.testkit.ANode.aNode;
import static dev.caretaker.testkit.Script.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caretaker.adapter.ec2.Ec2Market;
import dev.caretaker.adapter.ec2.Ec2Settings;
import dev.caretaker.elastic.model.EsView;
import dev.caretaker.fleet.model.FleetId;
import dev.caretaker.fleet.model.LaunchTemplate;
import dev.caretaker.fleet.model.MachineView.State;
import dev.caretaker.fleet.model.Pool;
import dev.caretaker.fleet.model.Purchase;
import dev.caretaker.kernel.UsdPerHour;
import dev.caretaker.kernel.Utility;
import dev.caretaker.plan.RecordedView;
import dev.caretaker.port.PortException;
import dev.caretaker.sandbox.market.MarketServer;
import dev.caretaker.sandbox.market.SmallMarket;
import dev.caretaker.testkit.AwsEndpoints;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Three machines with data, of which ten of utility are wanted: one is enough for that. */
class FleetOfAClusterPlanTest {
  private static final String CLUSTER =
      """
      apiVersion: caretaker.dev/v1alpha1
      kind: EsCluster
      metadata: {name: main, namespace: data}
      spec:
        connection: {endpoints: ["http://127.0.0.1:1"]}
        zones:
          attribute: zone
          list: [{name: backup, risk: Reliable}, {name: spot, risk: Risky}]
        hosts:
          access: {local: {keeper: "http://127.0.0.1:1"}}
          list: [{node: backup1, zone: backup}, {node: backup2, zone: backup}]
          fleets: [{name: etl, zone: spot}]
      """;

  @TempDir private Path folder = Path.of("");
  private final StringWriter out = new StringWriter();
  private final StringWriter errors = new StringWriter();
  private final MarketServer server;
  private final AwsEndpoints endpoints;

  FleetOfAClusterPlanTest() throws IOException {
    server = SmallMarket.open(Clock.systemUTC());
    endpoints = AwsEndpoints.at(server.url());
  }

  @AfterEach
  void close() {
    endpoints.close();
    server.close();
  }

  @BeforeEach
  void buy() throws PortException, IOException {
    var purchase =
        new Purchase(
            new FleetId("data", "etl", "uid-1"),
            1,
            Pool.of("m5d.large", "us-east-1a"),
            "subnet-0a1b2c3d4e5f60718",
            3,
            Utility.of("10"),
            UsdPerHour.of("0.05"),
            Optional.empty(),
            new LaunchTemplate("etl-worker", "7"),
            Instant.now());
    var settings = new Ec2Settings("us-east-1", Optional.of(server.url()));
    try (var market = Ec2Market.open(settings, Clock.systemUTC())) {
      market.buy(purchase);
    }
    while (running().size() < 3) {
      Thread.onSpinWait();
    }
    FleetFile.in(
        folder,
        "demand: {utility: 20}",
        "demand: {utility: 10}\n  workload: {esCluster: {name: main, zone: spot}}");
    var view = folder.resolve("view.json");
    Files.writeString(view, RecordedView.of(seen(), List.of()).orElseThrow().text());
  }

  private List<String> running() {
    return server.with(
        market ->
            market.describe(market.instant()).stream()
                .filter(each -> each.state() == State.RUNNING)
                .map(each -> each.id().value())
                .toList());
  }

  /** All three have joined; the index has one copy in each zone. */
  private EsView seen() {
    var cluster = anEmptyCluster().with(aNode("backup1")).with(aNode("backup2"));
    running().forEach(each -> cluster.with(aNode(each).in("spot")));
    return cluster.shard("logs", 0, "backup1", running().get(0)).view(NOW);
  }

  private JsonNode plan(String... more) throws IOException {
    out.getBuffer().setLength(0);
    var arguments = new ArrayList<>(List.of("-o", "json"));
    arguments.addAll(List.of(more));
    new CommandLine(new PlanCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(errors))
        .execute(arguments.toArray(String[]::new));
    assertThat(out.toString()).as(errors.toString()).isNotEmpty();
    return new ObjectMapper().readTree(out.toString()).at("/fleets/0");
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void shouldSayWhatTheClusterWouldBeAskedToLetGo() throws IOException {
    Files.writeString(folder.resolve("main.yaml"), CLUSTER);

    var plan = plan("-f", file("main.yaml"), "-f", file("etl.yaml"), "--view", file("view.json"));

    // Its zone must keep two: one could not be bounced alone.
    assertThat(plan.path("giveBack")).hasSize(1);
    assertThat(plan.at("/giveBack/0/how").asText()).isEqualTo("ReleaseRequest");
    assertThat(plan.path("basis"))
        .anyMatch(each -> each.asText().contains("has 3 of the machines at work, and needs 2"));
    assertThat(running()).hasSize(3);
  }

  @Test
  void shouldSayThatItDoesNotKnowTheClusterAndGiveNothingBack() throws IOException {
    var plan = plan("-f", file("etl.yaml"));

    assertThat(plan.path("giveBack")).isEmpty();
    assertThat(plan.path("basis"))
        .anyMatch(
            each ->
                each.asText().contains("EsCluster data/main is in none of the files")
                    && each.asText().contains("none of them is planned to go"));
  }

  @Test
  void shouldSayThatTheClusterDoesNotNameTheFleet() throws IOException {
    Files.writeString(folder.resolve("main.yaml"), CLUSTER.replace("name: etl,", "name: other,"));

    var plan = plan("-f", file("main.yaml"), "-f", file("etl.yaml"), "--view", file("view.json"));

    assertThat(plan.path("giveBack")).isEmpty();
    assertThat(plan.path("basis"))
        .anyMatch(each -> each.asText().contains("does not name the fleet etl with zone spot"));
  }
}
