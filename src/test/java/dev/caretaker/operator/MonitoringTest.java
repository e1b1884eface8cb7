package dev.caretaker.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caretaker.sandbox.kubernetes.ApiServer;
import dev.caretaker.testkit.RequiresApiServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The dashboard and the alerts ask for what the operator serves, and the page names all of it. */
@RequiresApiServer
class MonitoringTest {
  private static final Path FOLDER = Path.of("manifests", "monitoring");
  private static final String NAME = "main";

  /** One line of what Prometheus reads: a name, and perhaps labels. */
  private static final Pattern SAMPLE = Pattern.compile("(caretaker_\\w+)(?:\\{(.*)})? \\S+");

  private static final Set<String> LABELS =
      Set.of(
          "kind",
          "resource",
          "verdict",
          "reason",
          "guard",
          "action",
          "outcome",
          "what",
          "standing",
          "state",
          "error",
          "because");

  private static final Pattern LABEL = Pattern.compile("(\\w+) ?(?:=~|!~|!=|=) ?\"");
  private static final Pattern METRIC = Pattern.compile("caretaker_\\w+");
  private static final Pattern GROUPED = Pattern.compile("by \\(([^)]*)\\)");

  private final CareGround ground;
  private final FleetGround fleets;
  private final PipelineGround pipelines;

  MonitoringTest(ApiServer server) throws IOException {
    ground = new CareGround(server);
    fleets = new FleetGround(server, ground.registry);
    pipelines = new PipelineGround(server, ground.registry);
  }

  @AfterEach
  void close() {
    ground.close();
    fleets.close();
    pipelines.close();
  }

  @Test
  void shouldAskOnlyForWhatIsServed() throws IOException {
    var served = served();

    for (var expression : expressions()) {
      var labels = new TreeSet<String>();
      var metrics = METRIC.matcher(expression).results().map(each -> each.group()).toList();
      assertThat(metrics).as(expression).isNotEmpty().isSubsetOf(served.keySet());
      metrics.forEach(each -> labels.addAll(served.get(each)));
      assertThat(asked(expression)).as(expression).isSubsetOf(labels);
    }
  }

  @Test
  void shouldBeDocumentedAndLowInCardinality() throws IOException {
    var page = Files.readString(Path.of("docs", "operator.md"));

    served()
        .forEach(
            (metric, labels) -> {
              assertThat(page).contains(metric.replaceAll("_(sum|count|max)$", ""));
              assertThat(labels).as(metric).isSubsetOf(LABELS);
              labels.forEach(each -> assertThat(page).contains("`" + each + "`"));
            });
  }

  @Test
  void shouldServeNothingAboutWhatIsGone() {
    assertThat(served()).isNotEmpty();

    ground.care().forget(ground.read(NAME));
    fleets.care().forget(fleets.read());
    pipelines.forget();

    assertThat(ground.registry.scrape())
        .doesNotContain(ground.namespace)
        .doesNotContain(fleets.namespace)
        .doesNotContain(pipelines.fleet.namespace);
  }

  @Test
  void shouldHaveTheSameRulesForTheOperatorOfPrometheus() throws IOException {
    var plain = Serialization.unmarshal(Files.readString(FOLDER.resolve("rules.yaml")), Map.class);
    var wrapped =
        Serialization.unmarshal(
            Files.readString(FOLDER.resolve("prometheus-rule.yaml")), JsonNode.class);

    assertThat((JsonNode) new ObjectMapper().valueToTree(plain.get("groups")))
        .isEqualTo(wrapped.at("/spec/groups"));
  }

  @Test
  void shouldRaiseTheAlertsThatTheRulesPromise() throws Exception {
    var promtool =
        Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
            .map(folder -> Path.of(folder, "promtool"))
            .filter(Files::isExecutable)
            .findFirst();
    assumeThat(promtool).as("promtool is installed").isPresent();

    var test = FOLDER.resolve("rules_test.yaml").toString();
    var process =
        new ProcessBuilder(promtool.get().toString(), "test", "rules", test)
            .redirectErrorStream(true)
            .start();
    var said = new String(process.getInputStream().readAllBytes(), Charset.defaultCharset());

    assertThat(process.waitFor()).as(said).isZero();
  }

  /** Metric to its labels, after a pass of each sort. */
  private Map<String, Set<String>> served() {
    ground.create(NAME, ground.bounce() + "paused: true\n");
    ground.settle(NAME, 5);
    ground.edit(NAME, ground.bounce());
    var stale = ground.read(NAME);
    ground.settle(NAME, 10);
    ground.care().look(stale, List.of(stale));
    serveFleets();
    servePipelines();
    var served = new TreeMap<String, Set<String>>();
    for (var line : ground.registry.scrape().lines().toList()) {
      var sample = SAMPLE.matcher(line);
      if (sample.matches()) {
        var labels = sample.group(2) == null ? "" : sample.group(2);
        served.computeIfAbsent(sample.group(1), name -> new TreeSet<>()).addAll(labels(labels));
      }
    }
    return served;
  }

  /** A purchase that fails, one that is sold, an interruption, and more spent than the budget. */
  private void serveFleets() {
    fleets.market.capacity(FleetGround.POOL, 1);
    fleets.create(FleetGround.SPEC);
    fleets.settle();
    fleets.market.unlimited(FleetGround.POOL);
    fleets.answersAreLost = true;
    fleets.settle();
    fleets.answersAreLost = false;
    fleets.edit(FleetGround.SPEC.replace("1.00", "0.01") + "shrink: Never\n");
    fleets.settle();
  }

  /** A queue that fills, a dead-letter queue, a backfill and a table that is looked at. */
  private void servePipelines() {
    pipelines.cluster("main", "True");
    pipelines.configMap("coverage", "{}");
    pipelines.create(PipelineGround.NAME, PipelineGround.EVERYTHING);
    pipelines.fleet.create(PipelineGround.FLEET);
    pipelines.world.backlog = 2_000;
    pipelines.world.oldest = Optional.of(Duration.ofHours(1));
    pipelines.settle();
    pipelines.settle();
  }

  private static List<String> expressions() throws IOException {
    var expressions = new ArrayList<String>();
    var dashboard = new ObjectMapper().readTree(FOLDER.resolve("grafana-dashboard.json").toFile());
    dashboard.findValuesAsText("expr").forEach(expressions::add);
    var rules = Files.readString(FOLDER.resolve("rules.yaml"));
    Serialization.unmarshal(rules, JsonNode.class)
        .findValuesAsText("expr")
        .forEach(expressions::add);
    assertThat(expressions).hasSizeGreaterThan(10);
    return expressions;
  }

  /** The labels that an expression selects or groups by. */
  private static Set<String> asked(String expression) {
    var asked = new TreeSet<String>(labels(expression));
    GROUPED
        .matcher(expression)
        .results()
        .flatMap(each -> Stream.of(each.group(1).split(", ", -1)))
        .forEach(asked::add);
    return asked;
  }

  private static List<String> labels(String text) {
    return LABEL.matcher(text).results().map(each -> each.group(1)).toList();
  }
}
