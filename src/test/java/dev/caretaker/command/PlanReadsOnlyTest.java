package dev.caretaker.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.sandbox.engine.EngineHttp;
import dev.caretaker.sandbox.engine.EngineKind;
import dev.caretaker.sandbox.keeper.KeeperServer;
import dev.caretaker.sandbox.recorder.Side;
import dev.caretaker.testkit.CannedServer;
import dev.caretaker.testkit.EachEngine;
import dev.caretaker.testkit.ReadOnlyProxy;
import dev.caretaker.testkit.RealEngine;
import dev.caretaker.testkit.Recorded;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A plan never writes: everything goes through proxies that refuse whatever could change a bit. */
class PlanReadsOnlyTest {
  private static final String ROLLOUT =
      """
      rollout:
        restartedAt: "%s"
        accept:
          - structural: SingleNodeZone
            reason: one spot node is all there is
            until: "2099-01-01T00:00:00Z"
      """;

  @TempDir private Path folder = Path.of("");
  private final StringWriter out = new StringWriter();

  private int plan(ReadOnlyProxy engine, ReadOnlyProxy hosts, String nodes, Instant asked)
      throws IOException {
    var file = MainFile.in(folder, engine.url(), hosts.url(), nodes, ROLLOUT.formatted(asked));
    out.getBuffer().setLength(0);
    var writer = new PrintWriter(out);
    return new CommandLine(new PlanCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(writer)
        .setErr(writer)
        .execute("-f", file, "-o", "json", "--until-done");
  }

  @Test
  void shouldAskACannedClusterNothingButQuestions() throws IOException {
    try (var canned = Recorded.server("es8");
        var keeper = new CannedServer();
        var engine = new ReadOnlyProxy(Side.ENGINE, canned.url());
        var hosts = new ReadOnlyProxy(Side.HOST, keeper.url())) {
      int exitCode =
          plan(engine, hosts, "{node: b1, zone: backup}", Instant.parse("2026-11-20T12:00:00Z"));

      assertThat(exitCode).as(out.toString()).isEqualTo(3);
      assertThat(out.toString()).contains("MarkIsOurs");
      assertThat(engine.passed()).isNotEmpty();
      assertThat(hosts.passed()).containsExactly("GET /programs/b1");
      assertThat(engine.refused()).isEmpty();
      assertThat(hosts.refused()).isEmpty();
    }
  }

  @EachEngine
  void shouldPlanABounceOfARealClusterAndChangeNothing(EngineKind kind) throws Exception {
    var cluster = RealEngine.shared(kind);
    RealEngine.restore(cluster);
    var http = new EngineHttp(Duration.ofSeconds(30));
    var first = cluster.node("backup1");
    http.ask("PUT", first, "/plans", "{\"settings\": {\"number_of_shards\": 2}}");
    http.get(first, "/_cluster/health/plans?wait_for_status=green&timeout=60s");
    var before = http.get(first, "/_cluster/settings").body();
    try (var keeper = new KeeperServer(cluster.keeper(), 0);
        var engine = new ReadOnlyProxy(Side.ENGINE, first.url());
        var hosts = new ReadOnlyProxy(Side.HOST, keeper.url())) {
      var nodes =
          "{node: backup1, zone: backup}, {node: backup2, zone: backup}, {node: spot1, zone: spot}";
      var asked = Instant.now().truncatedTo(ChronoUnit.SECONDS);

      assertThat(plan(engine, hosts, nodes, asked)).as(out.toString()).isEqualTo(2);
      var plan = out.toString();
      assertThat(plan(engine, hosts, nodes, asked)).as(out.toString()).isEqualTo(2);

      assertThat(hash(out.toString())).isEqualTo(hash(plan)).isNotEmpty();
      assertThat(engine.refused()).isEmpty();
      assertThat(hosts.refused()).isEmpty();
      assertThat(http.get(first, "/_cluster/settings").body()).isEqualTo(before);
    }
  }

  private static String hash(String plan) {
    return plan.lines().filter(line -> line.contains("\"hash\"")).findFirst().orElse("");
  }
}
