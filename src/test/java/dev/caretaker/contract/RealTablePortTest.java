package dev.caretaker.contract;

import static dev.caretaker.contract.TableGround.COVERAGE;
import static java.util.Optional.empty;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.kernel.Observed;
import dev.caretaker.pipeline.action.PipelineAction.CreateIndex;
import dev.caretaker.pipeline.action.PipelineAction.DeleteIndex;
import dev.caretaker.pipeline.action.PipelineAction.PutTemplate;
import dev.caretaker.pipeline.action.PipelineAction.WriteTo;
import dev.caretaker.pipeline.model.Table;
import dev.caretaker.pipeline.model.TableName;
import dev.caretaker.sandbox.engine.EngineKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract on tables, kept by real engines; CARETAKER_ENGINES says which. */
@Tag("engine")
@Tag("contract")
@ParameterizedClass
@MethodSource("dev.caretaker.testkit.RealEngine#chosen")
class RealTablePortTest extends TablePortContract {
  private static final Duration DAY = Duration.ofDays(1);

  private final EngineKind kind;

  RealTablePortTest(EngineKind kind) {
    this.kind = kind;
  }

  @Override
  TableGround prepare() {
    return RealTableGround.prepare(kind);
  }

  private RealTableGround real() {
    return (RealTableGround) ground();
  }

  private static Table table(String mapping) {
    return new Table(COVERAGE, DAY, Optional.empty(), 2, 0, mapping, Optional.empty());
  }

  /** The fingerprint is made of what is read back: engines must not rewrite what they are given. */
  @Test
  void shouldReadBackAMappingOfEveryKind() {
    var table =
        table(
            """
            {"dynamic": "strict", "date_detection": false, "_meta": {"owner": "x", "n": 1.50},
             "dynamic_templates": [{"texts": {"match_mapping_type": "string",
               "mapping": {"type": "keyword", "ignore_above": 1024}}}],
             "properties": {"b": {"type": "keyword", "ignore_above": 1024},
               "a.dotted": {"type": "double"},
               "at": {"type": "date", "format": "epoch_second"},
               "o": {"properties": {"k": {"type": "long", "index": false}}}}}
            """);

    perform(new PutTemplate(table));

    assertThat(ground().view(table, Optional.empty()).template())
        .contains(ground().port().fingerprint(table));
  }

  @Test
  void shouldSeeThatSomebodyChangedTheTemplate() {
    perform(new PutTemplate(ground().table()));
    var name = "caretaker-coverage";
    boolean legacy = kind == EngineKind.ES6;
    var path = (legacy ? "/_template/" : "/_index_template/") + name;
    var settings = "{\"index\":{\"number_of_shards\":1,\"number_of_replicas\":0}}";
    real()
        .require(
            "PUT",
            path,
            legacy
                ? "{\"index_patterns\":[\"coverage20*_*\"],\"settings\":" + settings + "}"
                : "{\"index_patterns\":[\"coverage20*_*\"],\"template\":{\"settings\":"
                    + settings
                    + "}}");

    assertThat(ground().view().template())
        .isPresent()
        .isNotEqualTo(Optional.of(ground().port().fingerprint(ground().table())));
  }

  @Test
  void shouldGiveAnIndexItsMappingWhoeverMakesIt() {
    var table = table(ground().mapping());
    perform(new CreateIndex(table, FRIDAY));
    perform(new PutTemplate(table));
    ground().createIndex("coverage20260101_000000");
    ground().createIndex("coveragedaily");

    assertThat(type(FRIDAY)).isEqualTo("date");
    assertThat(type("coverage20260101_000000")).isEqualTo("date");
    assertThat(type("coveragedaily")).isEmpty();
  }

  private String type(String index) {
    var mappings = real().ask("GET", "/" + index + "/_mapping", "").body().path(index);
    return mappings.findPath("at").path("type").asText("");
  }

  @Test
  void shouldSayWhatIsNoMapping() {
    assertThat(refusal(new PutTemplate(table("{\"properties\": ")))).hasMessageContaining("JSON");
    assertThat(refusal(new PutTemplate(table("[]")))).hasMessageContaining("JSON");
    assertThat(refusal(new PutTemplate(table("{\"propertys\": 1}"))))
        .hasMessageContaining("propertys");
    assertThat(ground().port().fingerprint(table("[]"))).isNotEmpty();
  }

  @Test
  void neverTakesAWildcardForAName() {
    ground().createIndex(FRIDAY);

    for (var many :
        new String[] {"*", "_all", "coverage*", "coverage20261127_000000,x", "-a", ""}) {
      refusal(new DeleteIndex(COVERAGE, many, "uuid"));
      refusal(new DeleteIndex(named(many), FRIDAY, "uuid"));
      refusal(new CreateIndex(ground().table(), many));
      refusal(new WriteTo(COVERAGE, many, Optional.empty()));
      assertThat(ground().port().read(ground().table(named(many), empty()), empty()))
          .isInstanceOf(Observed.Unknown.class);
    }

    assertThat(ground().view().lookAlikes()).containsExactly(FRIDAY);
  }

  private static TableName named(String alias) {
    return new TableName(alias);
  }

  @Test
  void neverDeletesByAnAlias() {
    ground().createIndex("elsewhere");
    ground().addAlias("elsewhere", COVERAGE);

    // Nothing is named so, and what the alias stands for is another index.
    refusal(new DeleteIndex(COVERAGE, COVERAGE.value(), "uuid"));

    assertThat(ground().view().indices()).hasSize(1);
  }

  @Test
  void shouldReadTimesThatAreNumbers() {
    var mapping = "{\"properties\":{\"s\":{\"type\":\"double\"},\"ms\":{\"type\":\"long\"}}}";
    perform(new CreateIndex(table(mapping), FRIDAY));
    perform(new WriteTo(COVERAGE, FRIDAY, Optional.empty()));
    real()
        .require(
            "POST", "/coverage/_doc?refresh=true", "{\"s\":1795867200.5,\"ms\":1795867200500}");

    var at = Instant.ofEpochMilli(1795867200500L);
    assertThat(ground().view(ground().table(), Optional.of("s")).newest())
        .isEqualTo(Observed.known(Optional.of(at)));
    assertThat(ground().view(ground().table(), Optional.of("ms")).newest())
        .isEqualTo(Observed.known(Optional.of(at)));
  }

  @Test
  void shouldSayWhatCannotBeSearchedForATime() {
    perform(new CreateIndex(ground().table(), FRIDAY));
    perform(new WriteTo(COVERAGE, FRIDAY, Optional.empty()));

    var view = ground().view(ground().table(), Optional.of("file"));

    assertThat(view.newest()).isInstanceOf(Observed.Unknown.class);
    assertThat(view.indices()).hasSize(1);
  }

  @Test
  void shouldReadATableWithAClosedIndex() {
    ground().createIndex("elsewhere");
    ground().addAlias("elsewhere", COVERAGE);
    perform(new CreateIndex(ground().table(), FRIDAY));
    perform(new WriteTo(COVERAGE, FRIDAY, Optional.of("elsewhere")));
    ground().store(FRIDAY, NOON);
    real().require("POST", "/elsewhere/_close", "");

    var view = ground().view(ground().table(), Optional.of(TableGround.TIME));

    assertThat(view.indices()).hasSize(2);
    assertThat(view.newest()).isEqualTo(Observed.known(Optional.of(NOON)));
    assertThat(view.written().orElseThrow().documents()).isEqualTo(1);
    assertThat(view.written().orElseThrow().size().value()).isPositive();
  }

  @Test
  void shouldCountWritesOfEveryKindThroughAMergeAndAReopening() {
    perform(new CreateIndex(ground().table(), FRIDAY));
    perform(new WriteTo(COVERAGE, FRIDAY, Optional.empty()));
    var documents = "/" + FRIDAY + "/_doc/";
    real().require("PUT", documents + "one?refresh=true", "{\"at\":\"" + NOON + "\"}");
    var written = writes();
    real().require("PUT", documents + "one?refresh=true", "{\"at\":\"" + NOON + "\"}");
    var overwritten = writes();
    real().require("DELETE", documents + "one?refresh=true", "");
    var deleted = writes();

    assertThat(overwritten).isGreaterThan(written);
    assertThat(deleted).isGreaterThan(overwritten);
    real().require("POST", "/" + FRIDAY + "/_forcemerge?max_num_segments=1", "");
    real().require("POST", "/" + FRIDAY + "/_close", "");
    assertThat(saved(FRIDAY).writes()).isInstanceOf(Observed.Unknown.class);
    real().require("POST", "/" + FRIDAY + "/_open?wait_for_active_shards=all", "");
    assertThat(writes()).isEqualTo(deleted);
  }

  private long writes() {
    return saved(FRIDAY).writes().ifKnown().orElseThrow();
  }

  /** Under {@code enable: none} a new index is acknowledged, and red. */
  @Test
  void shouldRefuseToWriteWhereNoPrimaryIs() {
    real()
        .require(
            "PUT",
            "/_cluster/settings",
            "{\"persistent\":{\"cluster.routing.allocation.enable\":\"none\"}}");
    perform(new CreateIndex(ground().table(), FRIDAY));

    assertThat(refusal(new WriteTo(COVERAGE, FRIDAY, Optional.empty())))
        .hasMessageContaining("primary");
    ground().addAlias(FRIDAY, COVERAGE);
    assertThat(saved(FRIDAY).writes()).isInstanceOf(Observed.Unknown.class);
  }
}
