package dev.caretaker.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caretaker.api.EsClusterSpec;
import dev.caretaker.doctor.Finding.Outcome;
import dev.caretaker.mapping.EsAccess;
import dev.caretaker.mapping.EsPolicyParser;
import dev.caretaker.sandbox.kubernetes.ApiServer;
import dev.caretaker.sandbox.kubernetes.Kubectl;
import dev.caretaker.sandbox.stand.Crds;
import dev.caretaker.testkit.ApiServerClients;
import dev.caretaker.testkit.RequiresApiServer;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a real API server has and allows, with the manifests' own account. */
@RequiresApiServer
class KubernetesFindingsTest {
  private static final String HOME = "caretaker-system";
  private static final String ELSEWHERE = "doctors-data";
  private static final OperatorAccount ACCOUNT = new OperatorAccount(HOME, "caretaker");

  private final KubernetesClient client;
  private final Kubectl kubectl;

  KubernetesFindingsTest(ApiServer server) {
    this.client = ApiServerClients.open(server);
    this.kubectl = Kubectl.of(server);
  }

  @BeforeEach
  void prepare() throws Exception {
    ApiServerClients.applyCrds(client);
    kubectl.run(
        "apply", "--server-side", "--force-conflicts", "-k", "manifests/overlays/single-namespace");
  }

  @AfterEach
  void close() throws Exception {
    kubectl.run("delete", "secret", "--all", "-n", HOME);
    client.close();
  }

  private static EsAccess access(String key) throws IOException {
    var spec =
        new ObjectMapper()
            .readValue(
                """
                {"connection": {"endpoints": ["https://es:9200"],
                                "credentialsSecret": {"name": "es"}, "caSecret": {"name": "es"}},
                 "hosts": {"access": {"ssh": {"user": "es", "keySecret": {"name": "%s"},
                                              "knownHosts": "es ssh-ed25519 AAAA"}},
                           "process": {"kind": "Systemd", "program": "es"},
                           "list": [{"node": "b1", "address": "es"}]}}
                """
                    .formatted(key),
                EsClusterSpec.class);
    return EsPolicyParser.parse("data/main/1", spec).value().orElseThrow().access();
  }

  private KubernetesFindings findings(KubernetesClient caller, OperatorAccount account) {
    return new KubernetesFindings(caller, account, Duration.ofSeconds(20), Clock.systemUTC());
  }

  private void secret(String name, Map<String, String> values) {
    client
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(HOME)
                .endMetadata()
                .withStringData(values)
                .build())
        .create();
  }

  @Test
  void shouldTellWhatTheServerHasAndAllows() throws Exception {
    var kubernetes = findings(client, ACCOUNT);
    assertThat(kubernetes.ofServer()).extracting(Finding::outcome).containsOnly(Outcome.OK);

    secret("es", Map.of("username", "es", "password", "x"));
    var access = access("key");
    var secrets = kubernetes.secrets(HOME, access);
    var beside = kubernetes.beside(HOME, access, secrets);
    assertThat(beside)
        .filteredOn(each -> each.check().equals("secret"))
        .extracting(Finding::about, Finding::outcome)
        .containsExactly(tuple("es", Outcome.FAILED), tuple("key", Outcome.FAILED));
    assertThat(beside.get(0).text()).contains("no ca.crt");
    assertThat(beside.get(1).todo()).contains("create it with ssh-privatekey");
    assertThat(beside).filteredOn(each -> each.check().equals("rbac")).hasSize(10);
    assertThat(beside).filteredOn(each -> each.check().equals("rbac")).noneMatch(Finding::failed);

    // The Role of one namespace says nothing in another.
    assertThat(kubernetes.beside(ELSEWHERE, access, secrets))
        .filteredOn(each -> each.check().equals("rbac"))
        .allMatch(Finding::failed)
        .allMatch(each -> each.todo().contains("overlay"));
  }

  @Test
  void shouldNameADefinitionOfAnotherVersion() throws InterruptedException {
    var kubernetes = findings(client, ACCOUNT);

    new Crds(client)
        .withoutRules(
            () ->
                assertThat(kubernetes.ofServer())
                    .filteredOn(each -> each.about().equals("esclusters.caretaker.dev"))
                    .singleElement()
                    .satisfies(each -> assertThat(each.todo()).contains("kubectl apply")));
  }

  @Test
  void shouldNameAnAccountThatIsNotThere() {
    assertThat(findings(client, new OperatorAccount(HOME, "somebody")).ofServer())
        .filteredOn(each -> each.check().equals("rbac"))
        .singleElement()
        .satisfies(each -> assertThat(each.text()).contains("no such ServiceAccount"));
  }

  @Test
  void shouldSayNothingWhereTheCallerMayNotAsk() throws Exception {
    var token = kubectl.run("create", "token", "caretaker", "-n", HOME).strip();
    var config = Config.empty();
    config.setMasterUrl(client.getMasterUrl().toString());
    config.setCaCertData(client.getConfiguration().getCaCertData());
    config.setCaCertFile(client.getConfiguration().getCaCertFile());
    config.setOauthToken(token);
    try (var poor = new KubernetesClientBuilder().withConfig(config).build()) {
      assertThat(findings(poor, ACCOUNT).ofServer())
          .filteredOn(each -> !each.check().equals("apiserver-clock"))
          .extracting(Finding::outcome)
          .containsOnly(Outcome.SKIPPED);
    }
  }

  @Test
  void shouldSeeThatTheClocksDiffer() {
    var late = Clock.fixed(Instant.now().minusSeconds(3600), ZoneOffset.UTC);

    assertThat(new KubernetesFindings(client, ACCOUNT, Duration.ofSeconds(20), late).ofServer())
        .filteredOn(each -> each.check().equals("apiserver-clock"))
        .singleElement()
        .satisfies(each -> assertThat(each.text()).contains("ahead of"));
  }
}
