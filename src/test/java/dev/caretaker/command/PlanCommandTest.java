package dev.caretaker.command;

import static dev.caretaker.testkit.ACluster.aCluster;
import static dev.caretaker.testkit.Script.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caretaker.plan.RecordedView;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What people and pipelines see of {@code plan}, on a view that was recorded before. */
class PlanCommandTest {
  private static final String SPEC =
      """
      apiVersion: v1
      kind: Secret
      metadata: {name: left-alone}
      ---
      apiVersion: caretaker.dev/v1alpha1
      kind: EsCluster
      metadata: {name: main, namespace: data}
      spec:
        connection: {endpoints: ["http://127.0.0.1:1"]}
        zones:
          attribute: zone
          list: [{name: backup, risk: Reliable}, {name: spot, risk: Risky}]
        hosts:
          access: {local: {keeper: "http://127.0.0.1:1"}}
          list:
            - {node: backup1, zone: backup}
            - {node: backup2, zone: backup}
            - {node: spot1, zone: spot}
            - {node: spot2, zone: spot}
            - {node: spot3, zone: spot}
        paused: PAUSED
        rollout: {REQUEST}
      """;
  private static final String ASKED = "restartedAt: \"2026-11-20T12:00:00Z\"";

  @TempDir private Path folder = Path.of("");
  private final StringWriter out = new StringWriter();
  private final StringWriter errors = new StringWriter();

  @BeforeEach
  void record() throws IOException {
    Files.writeString(
        folder.resolve("view.json"),
        RecordedView.of(aCluster().view(NOW), List.of()).orElseThrow().text());
  }

  private Path spec(String request, boolean paused) throws IOException {
    var text = SPEC.replace("REQUEST", request).replace("PAUSED", String.valueOf(paused));
    return Files.writeString(folder.resolve("main.yaml"), text);
  }

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    return new CommandLine(new PlanCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(errors))
        .execute(arguments);
  }

  private int plan(Path file, String... more) {
    var arguments = new ArrayList<>(List.of("-f", file.toString()));
    arguments.addAll(List.of("--view", folder.resolve("view.json").toString()));
    arguments.addAll(List.of(more));
    return run(arguments.toArray(String[]::new));
  }

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(out.toString()).at("/plans/0");
  }

  @Test
  void shouldExitWithZeroWhereNothingIsToBeDone() throws IOException {
    assertThat(plan(spec("", false))).isZero();
    assertThat(out.toString()).contains("Nothing to do");
  }

  @Test
  void shouldExitWithTwoWhereSomethingWouldBeDoneTwiceWithTheSameHash() throws IOException {
    assertThat(plan(spec(ASKED, false), "-o", "json")).isEqualTo(2);
    var first = json();
    assertThat(plan(spec(ASKED, false), "-o", "json", "--until-done")).isEqualTo(2);

    assertThat(json().path("hash")).isEqualTo(first.path("hash"));
    assertThat(first.path("steps")).hasSize(1);
    assertThat(json().path("steps")).hasSize(5);
  }

  @Test
  void shouldExitWithThreeWhereAGuardRefuses() throws IOException {
    assertThat(plan(spec(ASKED, true))).isEqualTo(3);
    assertThat(out.toString()).contains("refused by NotPaused").contains("to go on:");
  }

  @Test
  void shouldExitWithOneAndSayWhyWhereThereIsNoPlan() throws IOException {
    assertThat(plan(folder.resolve("absent.yaml"))).isEqualTo(1);
    assertThat(plan(spec("restartedAt: yesterday", false))).isEqualTo(1);
    assertThat(plan(spec(ASKED, false), "-o", "xml")).isEqualTo(1);
    assertThat(run("-f", spec(ASKED, false).toString())).isEqualTo(1);

    assertThat(errors.toString())
        .contains("there is no ")
        .contains("spec.rollout.restartedAt: ")
        .contains("'xml'")
        .contains("the cluster of data/main cannot be read: ");
  }

  @Test
  void shouldReadTheManifestsOfAFolder() throws IOException {
    spec(ASKED, false);

    assertThat(plan(folder, "-o", "markdown")).isEqualTo(2);
    assertThat(out.toString()).startsWith("### data/main on elasticsearch 8.19.21");
  }

  @Test
  void shouldNotColourWhatIsNotATerminal() throws IOException {
    plan(spec(ASKED, false));

    assertThat(out.toString()).doesNotContain("\u001b");
  }
}
