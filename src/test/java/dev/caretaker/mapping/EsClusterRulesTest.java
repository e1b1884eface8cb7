package dev.caretaker.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.api.EsCluster;
import dev.caretaker.api.EsClusterSpec;
import dev.caretaker.api.EsClusterStatus;
import dev.caretaker.sandbox.kubernetes.ApiServer;
import dev.caretaker.testkit.ApiServerClients;
import dev.caretaker.testkit.RequiresApiServer;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Each rule of the CRD that has a sentence of its own: what it takes and what it refuses. */
@RequiresApiServer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EsClusterRulesTest {

  /** A value that is right and one that is wrong, in JSON, at a place of the full spec. */
  private record Case(String sentence, String at, String right, String wrong) {}

  private static final List<Case> CASES =
      List.of(
          new Case(
              "every one of endpoints must",
              "/connection/endpoints",
              "['http://a.b:9200']",
              "['coordinator:9200']"),
          new Case("adopt must be namespace/name/uid", "/connection/adopt", "a/b/c", "b"),
          new Case("index must be an index", "/connection/probe/index", "'logs-*,x'", "'a b'"),
          new Case("timeout must be a duration", "/connection/probe/timeout", "5m", "6m"),
          new Case("name must be the name of a Secret", "/connection/caSecret/name", "a-b.c", "A"),
          new Case("attribute must be the part after", "/zones/attribute", "rack_id", "_name"),
          new Case("a zone may be listed once", "/zones/list/0/name", "backup", "spot"),
          new Case(
              "name must be a name of letters",
              "/zones/list/1",
              "{name: spot, risk: Risky}",
              "{name: 'a b', risk: Risky}"),
          new Case("node must be a name of letters", "/hosts/list/0/node", "a.b-c_d", "'a,b'"),
          new Case("address must be a host name", "/hosts/list/0/address", "'::1'", "'a/b'"),
          new Case("a node may be listed once", "/hosts/list/0/node", "spot2", "spot1"),
          new Case("keeper must be a URL", "/hosts/access/local/keeper", "'http://k:1'", "'k:1'"),
          new Case(
              "hosts.access must say",
              "/hosts",
              "{access: {local: {keeper: 'http://k:1'}}, list: [{node: a}]}",
              "{list: [{node: a}]}"),
          new Case("every zone in hosts.list", "/hosts/list/0/zone", "spot", "mars"),
          new Case(
              "restartedAt must be an RFC 3339",
              "/rollout/restartedAt",
              "'2026-02-28T00:00:00Z'",
              "tomorrow"),
          new Case("every one of nodes must be", "/rollout/select/nodes", "[a, b]", "['a b']"),
          new Case("every one of rollout.select.zones", "/rollout/select/zones", "[backup]", "[x]"),
          new Case(
              "ZeroReplicas needs the indices",
              "/rollout/accept/0/structural",
              "ZeroReplicas",
              "SingleNodeZone"),
          new Case("every one of indices must be", "/rollout/accept/0/indices", "['*']", "['a,b']"),
          new Case("reason must be a sentence", "/rollout/accept/0/reason", "why not", "'  '"),
          new Case(
              "until must be an RFC 3339",
              "/rollout/accept/0/until",
              "'2026-12-31T00:00:00Z'",
              "'2026-12-31'"),
          new Case(
              "schedule must be five fields",
              "/rollout/windows/0/schedule",
              "'*/15,7 22-2 1 JAN-MAR FRI-MON'",
              "'0 25 * * *'"),
          new Case("duration must be minutes", "/rollout/windows/0/duration", "90m", "1d"),
          new Case("timeZone must be a time zone", "/rollout/windows/0/timeZone", "UTC", "'+1'"),
          new Case("every one of excludeNodes must", "/allocation/excludeNodes", "[]", "['*']"),
          new Case(
              "every one of allocation.excludeZones",
              "/allocation/excludeZones",
              "[backup]",
              "[mars]"));

  private static final String SSH = "/hosts/access/ssh";

  private static final String HOSTS =
      "{access: {ssh: {user: es, keySecret: {name: k}, knownHostsSecret: {name: k}}},"
          + " process: {kind: Supervisor, program: '{node}'}, list: [{node: %s, address: h}]}";

  private static final List<Case> CASES_OVER_SSH =
      List.of(
          new Case("user must be a user name", SSH + "/user", "ec2-user", "'a b'"),
          new Case(
              "give the host keys in one place",
              SSH,
              "{user: es, keySecret: {name: k}, knownHosts: h ssh-ed25519 AAAA}",
              "{user: es, keySecret: {name: k}}"),
          new Case(
              "knownHosts must be lines",
              SSH,
              "{user: es, keySecret: {name: k}, knownHosts: h ssh-ed25519 AAAA}",
              "{user: es, keySecret: {name: k}, knownHosts: ' '}"),
          new Case("jump.address must be a host name", SSH + "/jump/address", "'::1'", "'a/b'"),
          new Case("jump.user must be a user name", SSH + "/jump/user", "es", "'-es'"),
          new Case(
              "hosts.access names one way",
              "/hosts/access",
              "{ssh: {user: es, keySecret: {name: k}, knownHostsSecret: {name: k}}}",
              "{local: {keeper: 'http://k:1'},"
                  + " ssh: {user: es, keySecret: {name: k}, knownHostsSecret: {name: k}}}"),
          new Case(
              "hosts.process says whom",
              "/hosts/access",
              "{ssh: {user: es, keySecret: {name: k}, knownHostsSecret: {name: k}}}",
              "{local: {keeper: 'http://k:1'}}"),
          new Case(
              "with access.ssh every host",
              "/hosts/list/0",
              "{node: a, address: a.b}",
              "{node: a}"),
          new Case("program must be a program", "/hosts/process/program", "'es@{node}'", "'-x'"),
          new Case("configuration must be an absolute", "/hosts/process/configuration", "/x", "x"),
          new Case("dataPath must be an absolute", "/hosts/process/dataPath", "/", "'/a b'"),
          new Case(
              "process.configuration is a file", "/hosts/process/kind", "Supervisor", "Systemd"),
          new Case(
              "a program must not begin with a dash",
              "/hosts",
              HOSTS.formatted("a-b"),
              HOSTS.formatted("-b")));

  private final KubernetesClient client;
  private final SpecServer server;

  EsClusterRulesTest(ApiServer server) {
    this.client = ApiServerClients.open(server);
    this.server = new SpecServer(client);
  }

  @BeforeAll
  void applyCrds() throws IOException {
    ApiServerClients.applyCrds(client);
  }

  @AfterAll
  void close() {
    client.close();
  }

  @Test
  void shouldTakeWhatIsRightAndSayWhatIsRightWhereItIsNot() {
    CASES.forEach(each -> check(SpecTree.FULL, each));
    CASES_OVER_SSH.forEach(each -> check(SpecTree.SSH, each));
  }

  private void check(SpecTree full, Case each) {
    var right = full.with(each.at(), SpecTree.read(each.right()));
    var wrong = full.with(each.at(), SpecTree.read(each.wrong()));

    assertThat(server.refusal(right)).as(each.sentence()).isEmpty();
    assertThat(server.refusal(wrong))
        .hasValueSatisfying(it -> assertThat(it).contains(each.sentence()));
  }

  @Test
  void shouldRefuseAnotherZoneAttributeOnceThereIsOne() {
    var paused = SpecTree.FULL.with("/paused", SpecTree.read("false"));
    var changed = SpecTree.FULL.with("/zones/attribute", SpecTree.read("row"));
    var withoutOne = SpecTree.FULL.without("/zones/attribute");
    var usual = SpecTree.FULL.with("/zones/attribute", SpecTree.read("zone"));

    assertThat(server.refusal(SpecTree.FULL, paused)).isEmpty();
    assertThat(server.refusal(usual, withoutOne)).isEmpty();
    assertThat(server.refusal(SpecTree.FULL, changed))
        .hasValueSatisfying(it -> assertThat(it).contains("zones.attribute cannot be changed"));
    assertThat(server.refusal(SpecTree.FULL, withoutOne)).isPresent();
  }

  /** Where the CRD lets it through, a server without these rules for one. */
  @Test
  void shouldKeepTheZoneAttributeAlsoWithoutTheServersRule() {
    var resource = new EsCluster();
    resource.getMetadata().setNamespace("data");
    resource.getMetadata().setName("main");
    resource.setSpec(spec(SpecTree.FULL));
    var before = SpecInForce.of(resource);
    resource.setSpec(spec(SpecTree.FULL.with("/zones/attribute", SpecTree.read("row"))));
    resource.setStatus(
        Serialization.unmarshal(
            Serialization.asJson(java.util.Map.of("lastGoodSpec", before.lastGood().orElseThrow())),
            EsClusterStatus.class));

    var after = SpecInForce.of(resource);

    assertThat(after.problems()).singleElement().asString().contains("was rack and cannot change");
    assertThat(after.care()).isEqualTo(before.care());
  }

  @Test
  void shouldHaveACaseForEachRule() {
    var sentences = new TreeSet<String>();
    addSentences(ApiServerClients.specSchema(client), sentences);
    sentences.removeIf(sentence -> sentence.startsWith("zones.attribute cannot be changed"));
    var untried = new ArrayList<>(sentences);
    untried.removeIf(
        each -> CASES_OVER_SSH.stream().anyMatch(known -> each.startsWith(known.sentence())));
    untried.removeIf(each -> CASES.stream().anyMatch(known -> each.startsWith(known.sentence())));

    assertThat(sentences).hasSizeGreaterThan(20);
    assertThat(untried).isEmpty();
  }

  private static EsClusterSpec spec(SpecTree tree) {
    return Serialization.unmarshal(tree.tree().toString(), EsClusterSpec.class);
  }

  private static void addSentences(JSONSchemaProps field, Set<String> sentences) {
    field.getXKubernetesValidations().forEach(rule -> sentences.add(rule.getMessage()));
    if (field.getItems() != null) {
      addSentences(field.getItems().getSchema(), sentences);
    }
    if (field.getProperties() != null) {
      field.getProperties().values().forEach(each -> addSentences(each, sentences));
    }
  }
}
