package dev.caretaker.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caretaker.sandbox.market.MarketServer;
import dev.caretaker.sandbox.market.SmallMarket;
import dev.caretaker.testkit.AwsEndpoints;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What people see of {@code doctor} for SpotFleets, on the sandbox's market with faults. */
class FleetDoctorCommandTest {
  @TempDir private Path folder = Path.of("");
  private final StringWriter out = new StringWriter();
  private final MarketServer server;
  private final AwsEndpoints endpoints;

  FleetDoctorCommandTest() throws IOException {
    server = SmallMarket.open(Clock.systemUTC());
    endpoints = AwsEndpoints.at(server.url());
  }

  @AfterEach
  void close() {
    endpoints.close();
    server.close();
  }

  private int doctor(String file) {
    out.getBuffer().setLength(0);
    return new CommandLine(new DoctorCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(new PrintWriter(out))
        .execute("-f", file, "-o", "json");
  }

  private List<JsonNode> failed() throws IOException {
    var list = new ObjectMapper().readTree(out.toString()).path("failed");
    return StreamSupport.stream(list.spliterator(), false).toList();
  }

  @Test
  void shouldFindAllWell() throws IOException {
    assertThat(doctor(FleetFile.in(folder))).as(out.toString()).isZero();
  }

  @Test
  void shouldNameEachActionThatIsNotAllowed() throws IOException {
    var file = FleetFile.in(folder);
    for (var action :
        List.of(
            "ec2:DescribeInstances",
            "ec2:DescribeSpotInstanceRequests",
            "ec2:DescribeInstanceTypes",
            "ec2:DescribeSubnets",
            "ec2:DescribeSpotPriceHistory",
            "ec2:DescribeLaunchTemplateVersions",
            "ec2:CreateFleet",
            "ec2:RunInstances",
            "ec2:CreateTags",
            "iam:PassRole")) {
      server.deny(action);

      assertThat(doctor(file)).as(action).isEqualTo(1);
      assertThat(failed()).extracting(each -> each.path("about").asText()).contains(action);
      assertThat(failed()).allMatch(each -> !each.path("todo").asText().isEmpty());
    }
  }

  @Test
  void shouldFindWhatTheSpecNamesAndEc2DoesNotHave() throws IOException {
    assertThat(doctor(FleetFile.in(folder, "f60718", "f60719"))).isEqualTo(1);
    assertThat(failed()).extracting(each -> each.path("check").asText()).contains("subnet");
    assertThat(doctor(FleetFile.in(folder, "m5d.large", "m9.large"))).isEqualTo(1);
    assertThat(failed()).extracting(each -> each.path("check").asText()).contains("instance-type");
    assertThat(doctor(FleetFile.in(folder, "\"7\"", "\"8\""))).isEqualTo(1);
    assertThat(failed())
        .extracting(each -> each.path("check").asText())
        .contains("launch-template");
    assertThat(doctor(FleetFile.in(folder, "demand:", "floor: {utility: 900}\n  demand:")))
        .isEqualTo(1);
    assertThat(failed()).extracting(each -> each.path("check").asText()).contains("spec-fits");
  }

  @Test
  void shouldSayThatTheAccountDemandsATag() throws IOException {
    server.demandTag("cost-center");

    assertThat(doctor(FleetFile.in(folder))).isEqualTo(1);
    assertThat(failed().get(0).path("problem").asText()).contains("explicit deny");
  }
}
