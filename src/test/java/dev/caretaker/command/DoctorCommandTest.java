package dev.caretaker.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caretaker.sandbox.engine.EngineKind;
import dev.caretaker.sandbox.keeper.KeeperServer;
import dev.caretaker.sandbox.recorder.Side;
import dev.caretaker.testkit.EachEngine;
import dev.caretaker.testkit.ReadOnlyProxy;
import dev.caretaker.testkit.RealEngine;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What people and pipelines see of {@code doctor}; and that it changes nothing. */
class DoctorCommandTest {
  @TempDir private Path folder = Path.of("");
  private final StringWriter out = new StringWriter();
  private final StringWriter errors = new StringWriter();

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    errors.getBuffer().setLength(0);
    return new CommandLine(new DoctorCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(errors))
        .execute(arguments);
  }

  private String spec(Object engine, Object keeper, String nodes) throws IOException {
    return MainFile.in(folder, engine, keeper, nodes, "");
  }

  @Test
  void shouldExitWithOneAndCountWhatFailed() throws IOException {
    var deaf = "http://127.0.0.1:1";
    var file = spec(deaf, deaf, "{node: b1, zone: backup}");

    assertThat(run("-f", file, "-o", "json")).isEqualTo(1);

    var json = new ObjectMapper().readTree(out.toString());
    assertThat(json.path("checks").asInt()).isEqualTo(3);
    assertThat(json.path("failed"))
        .extracting(each -> each.path("check").asText())
        .containsExactly("endpoint-reachable", "host");
    assertThat(json.path("failed"))
        .allMatch(each -> each.hasNonNull("about") && each.hasNonNull("problem"))
        .allMatch(each -> !each.path("todo").asText().isEmpty());
    assertThat(run("-f", file)).isEqualTo(1);
    assertThat(out.toString())
        .contains("FAILED   endpoint-reachable")
        .contains(". Do: ")
        .contains("3 checks: 2 failed, 0 warnings;");
  }

  @Test
  void shouldShowEveryProblemOfASpecAndAskNobody() throws IOException {
    var file = spec("ftp://nowhere", "http://127.0.0.1:1", "{node: b1, zone: moon}");

    assertThat(run("-f", file)).isEqualTo(1);

    assertThat(out.toString())
        .contains("spec.connection.endpoints[0]")
        .contains("spec.hosts.list[0].zone")
        .contains("2 checks: 2 failed");
  }

  @Test
  void shouldSayWhatIsWrongWithItsArguments() throws IOException {
    assertThat(run("-f", folder.resolve("absent.yaml").toString())).isEqualTo(1);
    assertThat(errors.toString()).contains("there is no ");
    assertThat(run("-f", spec("http://127.0.0.1:1", "", ""), "--timeout", "0")).isEqualTo(1);
    assertThat(errors.toString()).contains("--timeout");
    assertThat(run("--kubeconfig", "x", "--operator", "somebody")).isEqualTo(1);
  }

  @EachEngine
  void shouldFindARealClusterHealthyAndOnlyAsk(EngineKind kind) throws Exception {
    var cluster = RealEngine.shared(kind);
    RealEngine.restore(cluster);
    try (var keeper = new KeeperServer(cluster.keeper(), 0);
        var engine = new ReadOnlyProxy(Side.ENGINE, cluster.node("backup1").url());
        var hosts = new ReadOnlyProxy(Side.HOST, keeper.url())) {
      var nodes =
          "{node: backup1, zone: backup}, {node: backup2, zone: backup}, {node: spot1, zone: spot}";

      assertThat(run("-f", spec(engine.url(), hosts.url(), nodes))).as(out.toString()).isZero();
      assertThat(engine.passed()).hasSizeGreaterThan(8);
      assertThat(engine.refused()).isEmpty();
      assertThat(hosts.refused()).isEmpty();

      var wrong =
          nodes.replace("spot1, zone: spot", "spot1, zone: backup").replace("backup2", "b2");
      assertThat(run("-f", spec(engine.url(), hosts.url(), wrong))).isEqualTo(1);
      assertThat(out.toString())
          .contains("it is in zone spot, and spec.hosts.list says backup")
          .contains("no node of the cluster has this name")
          .contains("in the cluster and not on spec.hosts.list");
    }
  }
}
