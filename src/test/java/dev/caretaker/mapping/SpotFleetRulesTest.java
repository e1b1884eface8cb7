package dev.caretaker.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.caretaker.api.SpotFleet;
import dev.caretaker.api.SpotFleetSpec;
import dev.caretaker.api.SpotFleetStatus;
import dev.caretaker.fleet.model.FleetId;
import dev.caretaker.sandbox.kubernetes.ApiServer;
import dev.caretaker.sandbox.rules.SpecServer;
import dev.caretaker.sandbox.rules.SpecTree;
import dev.caretaker.testkit.ApiServerClients;
import dev.caretaker.testkit.RequiresApiServer;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Each rule of the CRD of SpotFleets: what it takes and refuses, and that the parser agrees. */
@RequiresApiServer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SpotFleetRulesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectMapper YAML = new YAMLMapper();
  private static final String NAME = "spotfleets.caretaker.dev";

  private static final SpecTree FULL =
      tree(
          """
          region: us-west-2
          subnets: [subnet-0a, subnet-0b]
          launchTemplate: {name: es-spot, version: "7"}
          budget: {usdPerHour: "4.00"}
          prices: {percentile: 0.95, history: 7d, horizon: 1d, maxUsdPerUtility: "0.02"}
          limits: {newUtility: 120, perType: 2, sharePerType: 70%, sharePerZone: 60%}
          floor: {utility: 0}
          demand: {utility: 2000}
          machines:
            rule: "min(memoryGiB, storageGB / 50, 60)"
            list: [{type: i3.xlarge, utility: "19"}, {type: m5d.large, excluded: true}]
          workload: {esCluster: {name: activedata, zone: spot}}
          shrink: Drain
          joinWithin: 15m
          interruption: {queue: caretaker-interruptions, rebalance: Ignore}
          deletionPolicy: Orphan
          paused: false
          """);

  /** A value that is right and one that is wrong, at a place of the full spec. */
  private record Case(String sentence, String at, String right, String wrong) {}

  private static final List<Case> CASES =
      List.of(
          new Case("region must be", "/region", "us-gov-east-1", "mars"),
          new Case("every one of subnets", "/subnets", "[subnet-1]", "[subnet-1, subnet-1]"),
          new Case("name must be the name of a launch", "/launchTemplate/name", "a/b", "'a b'"),
          new Case("version must be", "/launchTemplate/version", "'12'", "$Latest"),
          new Case("usdPerHour must be", "/budget/usdPerHour", "'0.5'", "'-1'"),
          new Case("history must be", "/prices/history", "90d", "91d"),
          new Case("horizon must be", "/prices/horizon", "30m", "1w"),
          new Case("maxUsdPerUtility must be", "/prices/maxUsdPerUtility", "'1'", "'1,0'"),
          new Case("sharePerType must be", "/limits/sharePerType", "100%", "0%"),
          new Case("sharePerZone must be", "/limits/sharePerZone", "1%", "'0.7'"),
          new Case("demand is a utility", "/demand", "{pipelines: [{name: a}]}", "{}"),
          new Case(
              "name must be the name of a resource",
              "/demand",
              "{utility: 0}",
              "{pipelines: [{name: A}]}"),
          new Case(
              "a pipeline may be named once",
              "/demand",
              "{pipelines: [{name: a}, {name: b}]}",
              "{pipelines: [{name: a}, {name: a}]}"),
          new Case("rule must be a sum", "/machines/rule", "vcpus * 2", "min(vcpus"),
          new Case("a type may be listed once", "/machines/list/0/type", "c5.large", "m5d.large"),
          new Case(
              "machines needs a rule",
              "/machines",
              "{list: [{type: c5.large, utility: '1'}]}",
              "{list: []}"),
          new Case("type must be", "/machines/list/0/type", "u-6tb1.metal", "large"),
          new Case("utility must be", "/machines/list/0/utility", "'9.5'", "'9.5.1'"),
          new Case(
              "a type has a utility",
              "/machines/list/0",
              "{type: c5.large, excluded: true}",
              "{type: c5.large}"),
          new Case("zone must be a name", "/workload/esCluster/zone", "spot_1", "'a b'"),
          new Case("shrink Immediate would", "/shrink", "Never", "Immediate"),
          new Case("deletionPolicy Terminate would", "/deletionPolicy", "Drain", "Terminate"),
          new Case("joinWithin must be", "/joinWithin", "1h", "soon"),
          new Case("queue must be", "/interruption/queue", "a_b.fifo", "'a b'"));

  /** What a fleet that exists cannot become. */
  private static final List<Case> FIXED =
      List.of(
          new Case("region cannot be changed", "/region", "us-west-2", "us-east-1"),
          new Case("workload cannot be changed", "/workload/esCluster/name", "activedata", "other"),
          new Case(
              "workload cannot be changed",
              "/workload",
              "{esCluster: {name: activedata, zone: spot}}",
              "{esCluster: {name: activedata, zone: other}}"));

  private final KubernetesClient client;
  private final SpecServer server;

  SpotFleetRulesTest(ApiServer server) {
    this.client = ApiServerClients.open(server);
    this.server = new SpecServer(client, "SpotFleet");
  }

  @BeforeAll
  void applyCrd() throws IOException {
    ApiServerClients.applyCrd(client, NAME);
  }

  @AfterAll
  void close() {
    client.close();
  }

  @Test
  void shouldTakeWhatIsRightAndSayWhatIsRightWhereItIsNot() {
    assertThat(server.refusal(FULL)).isEmpty();
    assertThat(problems(FULL)).isEmpty();
    for (var each : CASES) {
      var right = FULL.with(each.at(), value(each.right()));
      var wrong = FULL.with(each.at(), value(each.wrong()));

      assertThat(server.refusal(right)).as(each.sentence()).isEmpty();
      assertThat(problems(right)).as(each.sentence()).isEmpty();
      assertThat(server.refusal(wrong))
          .hasValueSatisfying(it -> assertThat(it.message()).contains(each.sentence()));
      assertThat(problems(wrong)).as(each.sentence()).isNotEmpty();
    }
  }

  @Test
  void shouldKeepWhatMachinesAndDataStandOn() throws JsonProcessingException {
    for (var each : FIXED) {
      var right = FULL.with(each.at(), value(each.right()));
      var wrong = FULL.with(each.at(), value(each.wrong()));

      assertThat(server.refusal(FULL, right)).as(each.sentence()).isEmpty();
      assertThat(afterFull(right).valid()).as(each.sentence()).isTrue();
      assertThat(server.refusal(FULL, wrong))
          .hasValueSatisfying(it -> assertThat(it.message()).contains(each.sentence()));
      assertThat(afterFull(wrong).valid()).as(each.sentence()).isFalse();
    }
    assertThat(server.refusal(FULL, FULL.without("/workload"))).isPresent();
    assertThat(afterFull(FULL.without("/workload")).valid()).isFalse();
  }

  /** Which spec counts where the full one did. */
  private static SpecInForce<FleetCare> afterFull(SpecTree spec) throws JsonProcessingException {
    var fleet = new SpotFleet();
    fleet.setSpec(JSON.treeToValue(FULL.tree(), SpotFleetSpec.class));
    var good =
        new FleetStatusWriter(SpotFleetStatus.EMPTY, SpecInForce.of(fleet), 1, Instant.EPOCH);
    fleet.setStatus(good.refused());
    fleet.setSpec(JSON.treeToValue(spec.tree(), SpotFleetSpec.class));
    return SpecInForce.of(fleet);
  }

  /** A server and a parser that disagree would let something in that nobody acts on. */
  @Test
  void shouldAgreeAboutWhatIsMissing() {
    var disagreements = new ArrayList<String>();
    for (var at : FULL.places().keySet()) {
      var without = FULL.without(at);
      if (server.refusal(without).isEmpty() != problems(without).isEmpty()) {
        disagreements.add(at + ": " + server.refusal(without) + problems(without));
      }
    }

    assertThat(disagreements).isEmpty();
  }

  @Test
  void shouldHaveACaseForEachRule() {
    var crd = client.apiextensions().v1().customResourceDefinitions().withName(NAME).require();
    var sentences = new TreeSet<String>();
    addSentences(crd.getSpec().getVersions().get(0).getSchema().getOpenAPIV3Schema(), sentences);
    sentences.removeIf(
        sentence -> FIXED.stream().anyMatch(each -> sentence.startsWith(each.sentence())));
    sentences.removeIf(
        sentence -> CASES.stream().anyMatch(each -> sentence.startsWith(each.sentence())));

    assertThat(sentences).isEmpty();
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

  private static SpecTree tree(String yaml) {
    return new SpecTree(value(yaml));
  }

  private static JsonNode value(String yaml) {
    try {
      return YAML.readTree(yaml);
    } catch (IOException odd) {
      throw new UncheckedIOException(odd);
    }
  }

  private static List<Problem> problems(SpecTree tree) {
    try {
      var spec = JSON.treeToValue(tree.tree(), SpotFleetSpec.class);
      return FleetPolicyParser.parse(new FleetId("default", "es", "uid"), spec).problems();
    } catch (IOException odd) {
      throw new UncheckedIOException(odd);
    }
  }
}
