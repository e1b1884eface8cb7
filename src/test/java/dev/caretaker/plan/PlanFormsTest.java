package dev.caretaker.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caretaker.kernel.Bytes;
import dev.caretaker.kernel.Reason;
import dev.caretaker.kernel.Refusal;
import dev.caretaker.kernel.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The three forms of one plan, as people and programs read them. */
class PlanFormsTest {
  private static final PlanStep RELIABLE =
      new PlanStep(
          PlanStep.Kind.BOUNCE,
          List.of("backup1"),
          List.of("backup"),
          List.of(new PlanStep.Move("logs[0]", "spot1", "backup2", new Bytes(3L << 30))),
          List.of(),
          Bytes.ZERO,
          0,
          List.of("Quiet", "Freeze"),
          Duration.ofSeconds(41),
          Duration.ofSeconds(200));
  private static final PlanStep RISKY =
      new PlanStep(
          PlanStep.Kind.BOUNCE,
          List.of("spot1", "spot2"),
          List.of("spot"),
          List.of(),
          List.of(),
          Bytes.ZERO,
          0,
          List.of("Quiet", "Freeze"),
          Duration.ofSeconds(40),
          Duration.ofMinutes(90));
  private static final Plan PLAN =
      new Plan(
          "data/main on elasticsearch 8.19.21, 3 nodes, green",
          "restartedAt=2026-11-21T00:00:00Z excludeNodes=[] excludeZones=[]",
          Verdict.Kind.ACTING,
          new Reason("WritingSettings", "Writes the settings of Rollout Sheltering"),
          List.of(),
          List.of(RELIABLE, RISKY),
          List.of(
              new Refusal("ZoneKeepsANode", "zone one|two is empty", List.of("n"), "accept it")),
          List.of("ZeroReplicas of tmp* until 2026-12-31T00:00:00Z: can be rebuilt"),
          List.of("assumed, not measured: a node is back 20 s after its process starts"));

  @Test
  void shouldBeShortAndAlignedForAPerson() {
    assertThat(String.join("\n", PlanText.lines(PLAN, 9)))
        .isEqualTo(
            """
            data/main on elasticsearch 8.19.21, 3 nodes, green
            2 steps, about 1 h 33 min, then blocked

              #          nodes         zone    before                   frozen  takes
              1  bounce  backup1       backup  1 copy moved, 3.0 GiB      41 s  3 min 20 s
              2  bounce  spot1, spot2  spot    all safe elsewhere         40 s  1 h 30 min

            then refused by
              ZoneKeepsANode: zone one|two is empty; to go on: accept it

            holds meanwhile
              Freeze
              Quiet

            accepted
              ZeroReplicas of tmp* until 2026-12-31T00:00:00Z: can be rebuilt

            durations
              assumed, not measured: a node is back 20 s after its process starts

            plan %s"""
                .formatted(PLAN.hash()));
  }

  @Test
  void shouldShowTheMovesOfTheNextStepAlone() {
    assertThat(PlanText.lines(PLAN, 1))
        .contains(
            "       logs[0]  spot1 > backup2  3.0 GiB", "     and 1 more; --until-done shows them")
        .noneMatch(line -> line.contains("spot2"));
  }

  @Test
  void shouldBeACommentOnAPullRequest() {
    assertThat(PlanMarkdown.lines(PLAN, 9))
        .startsWith("### data/main on elasticsearch 8.19.21, 3 nodes, green", "")
        .contains(
            "**2 steps, about 1 h 33 min, then blocked**",
            "| # | | nodes | zone | before | frozen | takes |",
            "| 2 | bounce | spot1, spot2 | spot | all safe elsewhere | 40 s | 1 h 30 min |",
            "- ZoneKeepsANode: zone one\\|two is empty; to go on: accept it",
            "- ZeroReplicas of tmp\\* until 2026-12-31T00:00:00Z: can be rebuilt",
            "Plan `" + PLAN.hash() + "`");
  }

  @Test
  void shouldTellProgramsSecondsAndBytes() throws IOException {
    var json =
        new ObjectMapper()
            .readTree(PlanJson.text(List.of(PLAN), List.of(), List.of(), 1))
            .at("/plans/0");

    assertThat(json.path("outcome").asText()).isEqualTo("CHANGES");
    assertThat(json.path("hash").asText()).isEqualTo(PLAN.hash());
    assertThat(json.path("seconds").asLong()).isEqualTo(5600);
    assertThat(json.path("stepsInAll").asInt()).isEqualTo(2);
    assertThat(json.path("steps")).hasSize(1);
    assertThat(json.at("/steps/0/moves/0/bytes").asLong()).isEqualTo(3L << 30);
    assertThat(json.at("/steps/0/frozenSeconds").asLong()).isEqualTo(41);
    assertThat(json.at("/thenRefusedBy/0/liftedBy").asText()).isEqualTo("accept it");
  }
}
