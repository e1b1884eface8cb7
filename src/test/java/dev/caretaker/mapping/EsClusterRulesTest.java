package dev.caretaker.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.caretaker.api.EsCluster;
import dev.caretaker.api.EsClusterSpec;
import dev.caretaker.api.EsClusterStatus;
import dev.caretaker.sandbox.kubernetes.ApiServer;
import dev.caretaker.sandbox.rules.RuleCases;
import dev.caretaker.sandbox.rules.RuleTrial;
import dev.caretaker.sandbox.rules.SchemaRule;
import dev.caretaker.sandbox.rules.SpecServer;
import dev.caretaker.sandbox.rules.SpecTree;
import dev.caretaker.sandbox.stand.Crds;
import dev.caretaker.testkit.ApiServerClients;
import dev.caretaker.testkit.RequiresApiServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Each rule of the CRD: what it takes and what it refuses. */
@RequiresApiServer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EsClusterRulesTest {

  private static final RuleCases CASES = RuleCases.read();
  private static final SpecTree FULL = CASES.full("local");

  private final KubernetesClient client;
  private final SpecServer server;

  EsClusterRulesTest(ApiServer server) {
    this.client = ApiServerClients.open(server);
    this.server = SpecServer.ofEsClusters(client);
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
    var trial = RuleTrial.run(server, new Crds(client).specSchema(), CASES);

    assertThat(trial.surprises()).isEmpty();
    assertThat(trial.uncovered()).isEmpty();
    assertThat(trial.rules()).isGreaterThan(100);
    assertThat(trial.refused()).isGreaterThan(100);
  }

  /** Or the test above could not fail. */
  @Test
  void shouldMissARuleThatHasNoCase() {
    var schema = new Crds(client).specSchema().deepCopy();
    ((ObjectNode) schema.at("/properties/readyWhen")).put("format", "unheard-of");
    var without = CASES.cases().subList(1, CASES.cases().size());

    var trial = RuleTrial.run(server, schema, new RuleCases(CASES.full(), without));

    assertThat(trial.uncovered())
        .extracting(SchemaRule::at)
        .containsExactlyInAnyOrder("spec.connection", "spec.readyWhen");
  }

  @Test
  void shouldRefuseAnotherZoneAttributeOnceThereIsOne() {
    var paused = FULL.with("/paused", BooleanNode.FALSE);
    var changed = FULL.with("/zones/attribute", TextNode.valueOf("row"));
    var withoutOne = FULL.without("/zones/attribute");
    var usual = FULL.with("/zones/attribute", TextNode.valueOf("zone"));

    assertThat(server.refusal(FULL, paused)).isEmpty();
    assertThat(server.refusal(usual, withoutOne)).isEmpty();
    assertThat(server.refusal(FULL, changed))
        .hasValueSatisfying(
            it -> assertThat(it.message()).contains("zones.attribute cannot be changed"));
    assertThat(server.refusal(FULL, withoutOne)).isPresent();
  }

  /** Where the CRD lets it through, a server without these rules for one. */
  @Test
  void shouldKeepTheZoneAttributeAlsoWithoutTheServersRule() {
    var resource = new EsCluster();
    resource.getMetadata().setNamespace("data");
    resource.getMetadata().setName("main");
    resource.setSpec(spec(FULL));
    var before = SpecInForce.of(resource);
    resource.setSpec(spec(FULL.with("/zones/attribute", TextNode.valueOf("row"))));
    resource.setStatus(
        Serialization.unmarshal(
            Serialization.asJson(java.util.Map.of("lastGoodSpec", before.lastGood().orElseThrow())),
            EsClusterStatus.class));

    var after = SpecInForce.of(resource);

    assertThat(after.problems()).singleElement().asString().contains("was rack and cannot change");
    assertThat(after.care()).isEqualTo(before.care());
  }

  private static EsClusterSpec spec(SpecTree tree) {
    return Serialization.unmarshal(tree.tree().toString(), EsClusterSpec.class);
  }
}
