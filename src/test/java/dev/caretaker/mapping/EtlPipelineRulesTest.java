package dev.caretaker.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caretaker.api.EtlPipeline;
import dev.caretaker.api.EtlPipelineSpec;
import dev.caretaker.api.EtlPipelineStatus;
import dev.caretaker.pipeline.model.PipelineId;
import dev.caretaker.sandbox.kubernetes.ApiServer;
import dev.caretaker.sandbox.rules.RuleCases;
import dev.caretaker.sandbox.rules.RuleTrial;
import dev.caretaker.sandbox.rules.SpecServer;
import dev.caretaker.sandbox.rules.SpecTree;
import dev.caretaker.testkit.ApiServerClients;
import dev.caretaker.testkit.RequiresApiServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Each rule of the CRD of EtlPipelines: what it takes and refuses, and that the parser agrees. */
@RequiresApiServer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EtlPipelineRulesTest {
  private static final String NAME = "etlpipelines.caretaker.dev";
  private static final RuleCases CASES = RuleCases.ofEtlPipelines();

  private final KubernetesClient client;
  private final SpecServer server;

  EtlPipelineRulesTest(ApiServer server) {
    this.client = ApiServerClients.open(server);
    this.server = new SpecServer(client, "EtlPipeline");
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
    var trial = RuleTrial.run(server, schema(), CASES);

    assertThat(trial.surprises()).isEmpty();
    assertThat(trial.uncovered()).isEmpty();
    assertThat(trial.rules()).isGreaterThan(150);
  }

  /** A server and a parser that disagree would let something in that nobody acts on. */
  @Test
  void shouldAgreeWithTheParserAboutEachCase() {
    for (var each : CASES.cases()) {
      assertThat(problems(each.right())).as(each.sentence()).isEmpty();
      if (each.stored().isEmpty()) {
        assertThat(problems(each.wrong())).as(each.sentence()).isNotEmpty();
      }
    }
  }

  @Test
  void shouldAgreeWithTheParserAboutWhatIsMissing() {
    var disagreements = new ArrayList<String>();
    for (var full : CASES.full().values()) {
      assertThat(server.refusal(full)).isEmpty();
      for (var at : full.places().keySet()) {
        var without = full.without(at);
        if (server.refusal(without).isEmpty() != problems(without).isEmpty()) {
          disagreements.add(at + ": " + server.refusal(without) + problems(without));
        }
      }
    }

    assertThat(disagreements).isEmpty();
  }

  /** Where the CRD lets it through, a server without these rules for one. */
  @Test
  void shouldKeepTheQueueAndTheProgramsAlsoWithoutTheServersRules() {
    for (var each : CASES.cases()) {
      var before = each.stored().map(EtlPipelineRulesTest::spec);
      if (before.isPresent()) {
        assertThat(after(before.get(), spec(each.right())).valid()).as(each.sentence()).isTrue();
        assertThat(after(before.get(), spec(each.wrong())).valid()).as(each.sentence()).isFalse();
      }
    }
  }

  /** A field that is new must come into a full spec, or nothing here would be about it. */
  @Test
  void shouldTryEveryField() {
    var known = new TreeSet<String>();
    CASES.full().values().stream()
        .flatMap(full -> full.places().keySet().stream())
        .forEach(at -> known.add(at.replaceAll("/[0-9]+", "").substring(1).replace('/', '.')));
    var fields = new TreeSet<String>();
    addFields("", schema(), fields);

    assertThat(fields).isSubsetOf(known);
  }

  private static void addFields(String at, JsonNode field, Set<String> fields) {
    var inner = field.has("items") ? field.path("items") : field;
    if (!at.isEmpty()) {
      fields.add(at);
    }
    for (var each : inner.path("properties").properties()) {
      addFields(at.isEmpty() ? each.getKey() : at + "." + each.getKey(), each.getValue(), fields);
    }
  }

  private JsonNode schema() {
    var crd = client.apiextensions().v1().customResourceDefinitions().withName(NAME).require();
    var root = crd.getSpec().getVersions().get(0).getSchema().getOpenAPIV3Schema();
    return client
        .getKubernetesSerialization()
        .convertValue(root.getProperties().get("spec"), JsonNode.class);
  }

  /** Which spec counts where the first one was good. */
  private static SpecInForce<PipelineCare> after(EtlPipelineSpec before, EtlPipelineSpec now) {
    var pipeline = new EtlPipeline();
    pipeline.setSpec(before);
    var inForce = SpecInForce.of(pipeline);
    var writer = new PipelineStatusWriter(EtlPipelineStatus.EMPTY, inForce, 1, Instant.EPOCH);
    pipeline.setStatus(writer.refused());
    pipeline.setSpec(now);
    return SpecInForce.of(pipeline);
  }

  private static List<Problem> problems(SpecTree tree) {
    var id = new PipelineId("default", "etl", "uid");
    return PipelinePolicyParser.parse(id, spec(tree)).problems();
  }

  private static EtlPipelineSpec spec(SpecTree tree) {
    return Serialization.unmarshal(tree.tree().toString(), EtlPipelineSpec.class);
  }
}
