package dev.caretaker.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caretaker.adapter.elasticsearch.Privilege;
import dev.caretaker.api.EsClusterSpec;
import dev.caretaker.doctor.Finding.Outcome;
import dev.caretaker.mapping.EsPolicyParser;
import dev.caretaker.operator.Secrets;
import dev.caretaker.testkit.CannedServer;
import dev.caretaker.testkit.Recorded;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is said of faults that no healthy cluster shows, on prepared answers. */
class ExaminationTest {
  private static final String ITSELF = "GET /_nodes/_local";
  private static final String MASTER = "GET /_cluster/state/master_node?";
  private static final String PRIVILEGES = "POST /_security/user/_has_privileges";

  private final CannedServer engine = Recorded.server("es8");
  private final CannedServer second = new CannedServer();
  private final CannedServer keeper = new CannedServer();
  private String hosts = "{\"node\": \"b1\", \"zone\": \"backup\"}";

  @BeforeEach
  void prepare() {
    for (var server : List.of(engine, second)) {
      server.answer(ITSELF, 200, version("8.19.21"));
      server.answer(MASTER, 200, "{\"cluster_uuid\": \"u1\", \"master_node\": \"n1\"}");
    }
    engine.answer("POST /_search", 200, "{\"timed_out\": false}");
    clocks(Instant.now(), "b1", "s1", "s2");
    keeper.answer("GET /programs/b1", 200, "{\"state\": \"RUNNING\", \"token\": \"7@1\"}");
  }

  @AfterEach
  void close() {
    engine.close();
    second.close();
    keeper.close();
  }

  private static String version(String version) {
    return "{\"nodes\": {\"n1\": {\"version\": \"%s\", \"build_flavor\": \"default\"}}}"
        .formatted(version);
  }

  /** What the clocks of these nodes show; the recorded cluster has b1, s1 and s2. */
  private void clocks(Instant shown, String... names) {
    var nodes = new ObjectMapper().createObjectNode();
    for (var name : names) {
      var node = nodes.putObject(name).put("name", name);
      node.putObject("jvm").put("timestamp", shown.toEpochMilli());
    }
    engine.answer("GET /_nodes/stats/jvm", 200, "{\"nodes\": " + nodes + "}");
  }

  private List<Finding> examine() throws IOException {
    var spec =
        new ObjectMapper()
            .readValue(
                """
                {"connection": {"endpoints": ["%s", "%s"], "credentialsSecret": {"name": "es"}},
                 "zones": {"list": [{"name": "backup", "risk": "Reliable"}]},
                 "hosts": {"access": {"local": {"keeper": "%s"}}, "list": [%s]}}
                """
                    .formatted(engine.url(), second.url(), keeper.url(), hosts),
                EsClusterSpec.class);
    var secrets = new Secrets(Map.of("es", Map.of("token", "abc")), new TreeSet<>());
    var care = EsPolicyParser.parse("data/main/1", spec).value().orElseThrow();
    return new Examination(care, secrets, Duration.ofSeconds(20), Clock.systemUTC()).run();
  }

  private Finding only(String check, Outcome outcome) throws IOException {
    var found =
        examine().stream()
            .filter(each -> each.check().equals(check) && each.outcome() == outcome)
            .toList();
    assertThat(found).as(examine().toString()).hasSize(1);
    return found.get(0);
  }

  private Finding failure(String check) throws IOException {
    var failure = only(check, Outcome.FAILED);
    assertThat(failure.todo()).isNotEmpty();
    return failure;
  }

  @Test
  void shouldFindNothingWrongWithAHealthyCluster() throws IOException {
    assertThat(examine()).noneMatch(Finding::failed);
    assertThat(only("host", Outcome.OK).text()).contains("runs");
    assertThat(only("same-cluster", Outcome.OK).text()).isEqualTo("2 of 2 say u1");
    assertThat(engine.authorizations()).contains("Bearer abc");
  }

  @Test
  void shouldTellCredentialsPrivilegesAndEnginesApart() throws IOException {
    second.answer(ITSELF, 401, "{\"error\": \"who\"}");
    assertThat(failure("endpoint-credentials").about()).isEqualTo(second.url().toString());

    second.answer(ITSELF, 403, "{\"error\": \"no\"}");
    assertThat(failure("endpoint-engine").text()).contains("lack a privilege");

    second.answer(ITSELF, 200, version("9.1.0"));
    assertThat(failure("endpoint-engine").text()).contains("9.1.0 was never measured");

    second.answer(ITSELF, 502, "nobody there");
    assertThat(failure("endpoint-reachable").about()).isEqualTo(second.url().toString());
    assertThat(examine())
        .filteredOn(each -> each.about().equals(second.url().toString()))
        .extracting(Finding::outcome)
        .containsExactly(
            Outcome.FAILED, Outcome.SKIPPED, Outcome.SKIPPED, Outcome.SKIPPED, Outcome.SKIPPED);
  }

  @Test
  void shouldSeeNodesWithoutAMasterAndNodesOfAnotherCluster() throws IOException {
    second.answer(MASTER, 200, "{\"cluster_uuid\": \"u2\", \"master_node\": \"n1\"}");
    assertThat(failure("same-cluster").text()).contains("is of u1").contains("is of u2");

    second.answer(MASTER, 503, "{\"error\": \"no master\"}");
    assertThat(failure("endpoint-master").text()).contains("503");
    assertThat(only("same-cluster", Outcome.OK).text()).isEqualTo("1 of 2 say u1");
  }

  @Test
  void shouldNameEachMissingPrivilege() throws IOException {
    engine.answer(
        PRIVILEGES,
        200,
        """
        {"has_all_requested": false,
         "cluster": {"monitor": true, "cluster:admin/settings/update": true,
                     "cluster:admin/reroute": false},
         "index": {"*": {"monitor": true, "indices:admin/settings/update": true,
                         "indices:admin/flush*": true, "indices:data/read/search": true}}}
        """);

    assertThat(failure("privilege").about()).isEqualTo("cluster:admin/reroute on cluster");
    assertThat(examine())
        .filteredOn(each -> each.check().equals("privilege"))
        .hasSize(Privilege.values().length);
  }

  @Test
  void neverTakesSilenceOnPrivilegesForAYes() throws IOException {
    engine.answer(PRIVILEGES, 400, "{\"error\": \"no handler found\"}");
    assertThat(only("privilege", Outcome.SKIPPED).text()).contains("asks nobody");

    engine.answer(ITSELF, 401, "{}");
    second.answer(ITSELF, 401, "{}");
    assertThat(examine())
        .filteredOn(each -> each.outcome() == Outcome.OK)
        .noneMatch(each -> each.check().equals("privilege"));

    engine.answer(PRIVILEGES, 200, "{}");
    engine.answer(ITSELF, 200, version("8.19.21"));
    assertThat(only("privilege", Outcome.SKIPPED).text()).contains("docs/install.md");
  }

  @Test
  void shouldSeeAClockThatIsWrongAndANodeThatIsSilent() throws IOException {
    clocks(Instant.now().minusSeconds(90), "b1", "s2");

    assertThat(failures("node-clock"))
        .extracting(Finding::about)
        .containsExactlyInAnyOrder("b1", "s1", "s2");
    assertThat(failures("node-clock"))
        .filteredOn(each -> each.text().contains("behind") && each.text().contains("restartedAt"))
        .hasSize(2);
    assertThat(failures("node-clock"))
        .filteredOn(each -> each.text().contains("does not answer"))
        .extracting(Finding::about)
        .containsExactly("s1");
  }

  private List<Finding> failures(String check) throws IOException {
    return examine().stream().filter(each -> each.failed() && each.check().equals(check)).toList();
  }

  @Test
  void shouldCompareTheListWithTheCluster() throws IOException {
    hosts = "{\"node\": \"b9\"}, {\"node\": \"s1\", \"zone\": \"backup\"}";

    assertThat(failures("node")).extracting(Finding::about).containsExactly("b9", "s1");
    assertThat(failures("node").get(1).text()).contains("spec.hosts.list says backup");
    assertThat(only("node", Outcome.WARNING).about()).isEqualTo("b1, s2");
  }

  @Test
  void shouldSayHowToReachAHostByHand() throws IOException {
    keeper.answer("GET /programs/b1", 404, "{\"error\": \"no program b1\"}");

    assertThat(failure("host").todo()).contains("curl " + keeper.url());
    assertThat(only("host-clock", Outcome.SKIPPED).text()).contains("not tried");
  }

  @Test
  void shouldSayThatTheProbeIsNotAnswered() throws IOException {
    engine.answer("POST /_search", 503, "{\"error\": \"red\"}");
    second.answer("POST /_search", 503, "{\"error\": \"red\"}");

    assertThat(failure("probe").text()).contains("not answered within 10 s");
  }
}
