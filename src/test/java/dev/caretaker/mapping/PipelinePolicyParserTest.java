package dev.caretaker.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.caretaker.api.EtlPipelineSpec;
import dev.caretaker.kernel.Utility;
import dev.caretaker.mapping.PipelineCare.ConfigKey;
import dev.caretaker.mapping.PipelineCare.OfCluster;
import dev.caretaker.mapping.PipelineCare.OfFleet;
import dev.caretaker.pipeline.model.PipelineId;
import dev.caretaker.pipeline.model.TableName;
import dev.caretaker.pipeline.policy.PipelinePolicy.Deletion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each rule takes and refuses beside the server: EtlPipelineRulesTest. */
class PipelinePolicyParserTest {
  private static final PipelineId ID = new PipelineId("default", "etl", "uid");
  private static final String LEAST =
      """
      queue: {name: etl, region: us-west-2}
      workers: {fleet: {name: es}, access: {ssm: {}}}
      process: {program: etl}
      throughput: {messagesPerUtilityHour: 10}
      scale: {max: 40}
      """;

  private static final String TABLE =
      """
      tables:
        - alias: coverage
          rollover: 1d
          mapping: {configMap: {name: coverage}}
          esCluster: {name: main}
      """;

  private static Parsed<PipelineCare> parse(String yaml) {
    try {
      var spec = new YAMLMapper().readValue(yaml, EtlPipelineSpec.class);
      return PipelinePolicyParser.parse(ID, spec);
    } catch (IOException odd) {
      throw new UncheckedIOException(odd);
    }
  }

  @Test
  void shouldApplyDefaults() {
    var care = parse(LEAST).value().orElseThrow();
    var policy = care.policy();

    assertThat(policy.running()).isTrue();
    assertThat(policy.queue().attributes().retention()).isEqualTo(Duration.ofDays(14));
    assertThat(policy.queue().attributes().visibility()).isEqualTo(Duration.ofMinutes(30));
    assertThat(policy.queue().create()).isFalse();
    assertThat(policy.demand().margin()).isEqualTo(Duration.ofDays(2));
    assertThat(policy.demand().drainWithin()).isEqualTo(Duration.ofDays(1));
    assertThat(policy.demand().min()).isEqualTo(Utility.ZERO);
    assertThat(policy.demand().max()).isEqualTo(Utility.of("40"));
    assertThat(policy.deletion()).isEqualTo(Deletion.ORPHAN);
    assertThat(care.machines()).isEqualTo(new OfFleet("es"));
    assertThat(care.fleet()).contains("es");
    assertThat(care.access().way()).isEqualTo(new WorkerAccess.Ssm("us-west-2"));
  }

  /** A wish to be fresh must not let the oldest message near retention. */
  @Test
  void shouldDrainWithinWhatRetentionLeaves() {
    var fresh = LEAST + TABLE + "freshness: {alias: coverage, within: 30d}\n";

    var policy = parse(fresh).value().orElseThrow().policy();

    assertThat(policy.demand().drainWithin()).isEqualTo(Duration.ofDays(12));
    assertThat(policy.freshness().orElseThrow().field()).isEqualTo("@timestamp");
  }

  @Test
  void shouldGiveEachTableTheMappingThatWasFound() {
    var care = parse(LEAST + TABLE).value().orElseThrow();
    var coverage = new TableName("coverage");

    assertThat(care.mappings()).containsEntry(coverage, new ConfigKey("coverage", "mapping.json"));
    assertThat(care.tablesIn()).contains("main");
    assertThat(care.policy().tables().get(0).mapping()).isEmpty();
    assertThat(care.mapped(Map.of(coverage, "{}")).policy().tables().get(0).mapping())
        .isEqualTo("{}");
  }

  @Test
  void shouldAskForNoMachineWhereTheNodesOfAClusterWork() {
    var nodes =
        """
        queue: {name: push, region: us-west-2}
        workers: {esCluster: {name: main, zone: spot}, access: {ssm: {region: us-east-1}}}
        process: {program: push_to_es}
        """;

    var care = parse(nodes).value().orElseThrow();

    assertThat(care.machines()).isEqualTo(new OfCluster("main", "spot"));
    assertThat(care.fleet()).isEmpty();
    assertThat(care.policy().demand().max()).isEqualTo(Utility.ZERO);
    assertThat(care.access().way()).isEqualTo(new WorkerAccess.Ssm("us-east-1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name: etl|name: 'arn:aws:sqs:us-west-2:123456789012:etl'|not an ARN, a URL",
        "name: etl|name: etl.fifo|a standard queue",
        "region: us-west-2|region: us-west-2, retention: 1d|raise the one, to at most 14d",
        "program: etl|program: --help|a program of supervisord",
        "max: 40|max: 40, min: 41|must not be above max"
      })
  void shouldSayWhatIsRight(String part, String wrong, String sentence) {
    var problems = parse(LEAST.replace(part, wrong)).problems();

    assertThat(problems)
        .singleElement()
        .extracting(Problem::sentence)
        .asString()
        .contains(sentence);
  }

  /** One odd object must not stop the list it stands in. */
  @Test
  void shouldTellWhatHasAnotherTypeByItsPath() {
    var problems =
        parse(LEAST.replace("{max: 40}", "often") + "tables: [{alias: []}]\n").problems();

    assertThat(problems).extracting(Problem::path).contains("spec.scale", "spec.tables[0].alias");
  }

  /** A password in a URL must not get into a status. */
  @Test
  void shouldNotRepeatAToken() {
    var code =
        "code: {repository: 'https://token@github.com/a/b', branch: etl, revision: "
            + "a".repeat(40)
            + "}\n";

    var problems = parse(LEAST.replace("program: etl", "program: etl, directory: /e") + code);

    assertThat(problems.problems())
        .singleElement()
        .satisfies(each -> assertThat(each.text()).contains("git clones from"))
        .satisfies(each -> assertThat(each.text()).doesNotContain("github.com/a"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"pipeline.yaml", "ingestion.yaml"})
  void shouldTakeTheExamples(String file) throws IOException {
    var yaml = new YAMLMapper();
    try (var documents =
        yaml.readerFor(JsonNode.class)
            .<JsonNode>readValues(Path.of("examples", "pipeline", file).toFile())) {
      var specs =
          documents.readAll().stream()
              .filter(each -> each.path("kind").asText().equals("EtlPipeline"))
              .map(each -> yaml.convertValue(each.path("spec"), EtlPipelineSpec.class))
              .toList();

      assertThat(specs).hasSize(1);
      assertThat(specs)
          .allSatisfy(
              spec ->
                  assertThat(PipelinePolicyParser.parse(ID, spec).problems()).isEqualTo(List.of()));
    }
  }
}
